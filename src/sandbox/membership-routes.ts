import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { findCollection } from './find-collection.ts';
import { admitIds } from './library/admit-ids.ts';
import type { MemberKind } from './library/library-item.ts';
import type { SandboxEnv, SandboxParts } from './sandbox-env.ts';
import { decode, memberId, parseJson, toWire } from './wire.ts';

const MAX_IDS = 49;

const memberIds = z.array(memberId).min(1, 'must hold at least 1 id');

const bodies = {
  asset: z.strictObject({ assetIds: memberIds }).transform(({ assetIds }) => assetIds),
  model: z.strictObject({ modelIds: memberIds }).transform(({ modelIds }) => modelIds),
} satisfies Record<MemberKind, z.ZodType<string[]>>;

type ItemContext = Context<SandboxEnv, '/:id/assets' | '/:id/models'>;

/** Adding and removing members of one kind, to be mounted at `/v1/collections`. */
export function membershipRoutes(parts: SandboxParts, kind: MemberKind): Hono<SandboxEnv> {
  const { store, library, journal, faults, activity, pictureUrl } = parts;
  const routes = new Hono<SandboxEnv>();

  const change = async (c: ItemContext, apply: (collectionId: string, ids: string[]) => void) => {
    const ids = readMembershipBody(kind, c.req.method, parseJson(await c.req.text()));
    const collectionId = c.req.param('id');
    apply(collectionId, ids);
    activity.recordWrite(c.req, ids);
    return c.json({ collection: toWire(findCollection(store, collectionId), pictureUrl) });
  };

  routes.put(`/:id/${kind}s`, (c) =>
    change(c, (collectionId, ids) => {
      const collection = findCollection(store, collectionId);
      const { readd } = faults.current.membership;
      const newcomers = admitIds(library, kind, ids, faults.current.membership);
      const members = store.membersAmong(collectionId, kind, ids);
      const isRepeated = (id: string, index: number) => members.has(id) || ids.indexOf(id) < index;
      if (readd === 'strict' && ids.some(isRepeated)) {
        throw refusal(`One or more ${kind}s are already part of the collection`);
      }
      library.insert(newcomers);
      journal.willChange(kind, ids);
      store.addMembers(collection, kind, ids);
    }),
  );

  routes.delete(`/:id/${kind}s`, (c) =>
    change(c, (collectionId, ids) => {
      const collection = findCollection(store, collectionId);
      const members = store.membersAmong(collectionId, kind, ids);
      const isAbsent = (id: string, index: number) => !members.has(id) || ids.indexOf(id) < index;
      if (faults.current.membership.reremove === 'strict' && ids.some(isAbsent)) {
        throw refusal(`One or more ${kind}s are not part of the collection`);
      }
      journal.willChange(kind, ids);
      store.removeMembers(collection, kind, ids);
    }),
  );

  return routes;
}

/** The ids of a membership call; throws a 400, for the 50th id in the words of the live service. */
function readMembershipBody(kind: MemberKind, method: string, body: unknown): string[] {
  const ids = decode(bodies[kind], body);
  if (ids.length <= MAX_IDS) return ids;
  const verb = method === 'PUT' ? 'add' : 'remove';
  throw refusal(`You cannot ${verb} more than ${MAX_IDS} ${kind}s at once.`);
}

/** As seen live: it names none of the ids. */
function refusal(reason: string): ApiError {
  return new ApiError({ status: 400, reason });
}
