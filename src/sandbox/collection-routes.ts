import { Hono } from 'hono';
import { z } from 'zod';
import { findCollection } from './find-collection.ts';
import { makeId } from './ids.ts';
import { admitIds } from './library/admit-ids.ts';
import { planPage } from './list-page.ts';
import { pageFields, readPageRequest } from './page-query.ts';
import type { SandboxEnv, SandboxParts } from './sandbox-env.ts';
import { createBody, decode, parseJson, toWire, updateBody } from './wire.ts';

const listQuery = z.object(pageFields({ byDefault: 10, most: 100 }));

/** List, create, retrieve, update and delete, to be mounted at `/v1/collections`. */
export function collectionRoutes(parts: SandboxParts): Hono<SandboxEnv> {
  const { store, library, journal, faults, activity, pictureUrl } = parts;
  const routes = new Hono<SandboxEnv>();
  const answer = (id: string) => ({ collection: toWire(findCollection(store, id), pictureUrl) });

  routes.get('/', (c) => {
    const request = readPageRequest(decode(listQuery, c.req.query()));
    const { from, take, nextToken } = planPage(request, store.count(), faults.current.list);
    const collections = store.list(from, take).map((row) => toWire(row, pictureUrl));
    // JSON leaves an undefined token out.
    return c.json({ collections, nextPaginationToken: nextToken });
  });

  routes.post('/', async (c) => {
    const { name } = decode(createBody, parseJson(await c.req.text()));
    const id = makeId('col');
    store.insert(id, name);
    activity.recordWrite(c.req, [id]);
    return c.json(answer(id));
  });

  routes.get('/:id', (c) => c.json(answer(c.req.param('id'))));

  routes.put('/:id', async (c) => {
    const change = decode(updateBody, parseJson(await c.req.text()));
    const id = c.req.param('id');
    const current = findCollection(store, id);
    const thumbnails = change.thumbnail ? [change.thumbnail] : [];
    library.insert(admitIds(library, 'asset', thumbnails, faults.current.membership));
    store.update(current, change);
    activity.recordWrite(c.req, [id]);
    return c.json(answer(id));
  });

  routes.delete('/:id', (c) => {
    const { id } = findCollection(store, c.req.param('id'));
    for (const kind of ['asset', 'model'] as const) {
      journal.willChange(kind, library.memberIds(kind, id));
    }
    store.delete(id);
    activity.recordWrite(c.req, [id]);
    return c.json({});
  });

  return routes;
}
