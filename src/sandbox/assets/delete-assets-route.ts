import { Hono } from 'hono';
import { z } from 'zod';
import { admitIds } from '../library/admit-ids.ts';
import type { SandboxEnv, SandboxParts } from '../sandbox-env.ts';
import { decode, memberId, parseJson } from '../wire.ts';

const deleteBody = z.strictObject({
  assetIds: z.array(memberId).min(1).max(100, 'must hold at most 100 ids'),
});

/** Deletes assets, also out of their collections, to be mounted at `/v1/assets`. The gateway has no such operation. */
export function deleteAssetsRoute({ library, journal, activity }: SandboxParts): Hono<SandboxEnv> {
  const routes = new Hono<SandboxEnv>();
  routes.delete('/', async (c) => {
    const { assetIds } = decode(deleteBody, parseJson(await c.req.text()));
    admitIds(library, 'asset', assetIds, { unknownIds: '404' });
    journal.willDelete('asset', assetIds);
    library.delete('asset', assetIds);
    activity.recordWrite(c.req, assetIds);
    return c.json({});
  });
  return routes;
}
