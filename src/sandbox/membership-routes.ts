import { type Context, Hono } from 'hono';
import { badRequest } from './api-error.ts';
import type { MemberKind } from './collections-store.ts';
import { findCollection } from './find-collection.ts';
import { refuseForeignIds } from './known-ids.ts';
import { apiPath, type SandboxEnv, type SandboxParts } from './sandbox-env.ts';
import { decode, membershipBodies, parseJson, toWire } from './wire.ts';

type ItemContext = Context<SandboxEnv, '/:id/assets' | '/:id/models'>;

/** Adding and removing members of one kind, to be mounted at `/v1/collections`. */
export function membershipRoutes(parts: SandboxParts, kind: MemberKind): Hono<SandboxEnv> {
  const { store, faults, activity, origin } = parts;
  const routes = new Hono<SandboxEnv>();

  const change = async (c: ItemContext, apply: (collectionId: string, ids: string[]) => void) => {
    const ids = decode(membershipBodies[kind], parseJson(await c.req.text()));
    const collectionId = c.req.param('id');
    apply(collectionId, ids);
    activity.recordWrite({ method: c.req.method, path: apiPath(c.req.path), ids });
    return c.json({
      collection: toWire(findCollection(store, collectionId), origin, faults.current.answers),
    });
  };

  routes.put(`/:id/${kind}s`, (c) =>
    change(c, (collectionId, ids) => {
      const collection = findCollection(store, collectionId);
      refuseForeignIds(kind, ids);
      const members = store.membersAmong(collectionId, kind, ids);
      const repeated = ids.filter((id, index) => members.has(id) || ids.indexOf(id) < index);
      if (faults.current.membership.readd === 'strict') refuse(kind, repeated, 'already in the collection');
      store.addMembers(collection, kind, ids);
    }),
  );

  routes.delete(`/:id/${kind}s`, (c) =>
    change(c, (collectionId, ids) => {
      const collection = findCollection(store, collectionId);
      const members = store.membersAmong(collectionId, kind, ids);
      const absent = ids.filter((id, index) => !members.has(id) || ids.indexOf(id) < index);
      if (faults.current.membership.reremove === 'strict') refuse(kind, absent, 'not in the collection');
      store.removeMembers(collection, kind, ids);
    }),
  );

  return routes;
}

function refuse(kind: MemberKind, ids: readonly string[], state: string): void {
  if (ids.length === 0) return;
  const subject = ids.length === 1 ? `${kind} ${ids.join()} is` : `${kind}s ${ids.join(', ')} are`;
  throw badRequest(`The ${subject} ${state}`, { [`${kind}Ids`]: ids });
}
