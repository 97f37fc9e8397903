import { Hono } from 'hono';
import { badRequest } from './api-error.ts';
import { findCollection } from './find-collection.ts';
import { makeId } from './ids.ts';
import { refuseForeignIds } from './known-ids.ts';
import { type PageRequest, planPage } from './list-page.ts';
import { decodePageToken } from './page-token.ts';
import { apiPath, type SandboxEnv, type SandboxParts } from './sandbox-env.ts';
import { createBody, decode, listQuery, parseJson, toWire, updateBody } from './wire.ts';

/** List, create, retrieve, update and delete, to be mounted at `/v1/collections`. */
export function collectionRoutes({ store, faults, activity, origin }: SandboxParts): Hono<SandboxEnv> {
  const routes = new Hono<SandboxEnv>();
  const answer = (id: string) => ({
    collection: toWire(findCollection(store, id), origin, faults.current.answers),
  });

  routes.get('/', (c) => {
    const { list, answers } = faults.current;
    const { from, take, nextToken } = planPage(readPageRequest(c.req.query()), store.count(), list);
    const collections = store.list(from, take).map((row) => toWire(row, origin, answers));
    // JSON leaves an undefined token out.
    return c.json({ collections, nextPaginationToken: nextToken, ...(answers.extraFields && { took: 12 }) });
  });

  routes.post('/', async (c) => {
    const { name } = decode(createBody, parseJson(await c.req.text()));
    const id = makeId('col');
    store.insert(id, name);
    activity.recordWrite({ method: 'POST', path: apiPath(c.req.path), ids: [id] });
    return c.json(answer(id));
  });

  routes.get('/:id', (c) => c.json(answer(c.req.param('id'))));

  routes.put('/:id', async (c) => {
    const change = decode(updateBody, parseJson(await c.req.text()));
    const id = c.req.param('id');
    const current = findCollection(store, id);
    refuseForeignIds('asset', change.thumbnail ? [change.thumbnail] : []);
    store.update(current, change);
    activity.recordWrite({ method: 'PUT', path: apiPath(c.req.path), ids: [id] });
    return c.json(answer(id));
  });

  routes.delete('/:id', (c) => {
    const { id } = findCollection(store, c.req.param('id'));
    store.delete(id);
    activity.recordWrite({ method: 'DELETE', path: apiPath(c.req.path), ids: [id] });
    return c.json({});
  });

  return routes;
}

/** A token decides the page size alone, whatever `pageSize` says beside it. */
function readPageRequest(query: Record<string, string>): PageRequest {
  const { pageSize, paginationToken: token } = decode(listQuery, query);
  if (token === undefined) return { offset: 0, limit: pageSize };
  const position = decodePageToken(token);
  if (position === undefined) throw badRequest('Invalid pagination token');
  return { ...position, token };
}
