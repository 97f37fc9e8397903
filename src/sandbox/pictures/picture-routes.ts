import { Hono } from 'hono';
import { ApiError } from '../api-error.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { drawPicture } from './draw-picture.ts';
import { isSigned } from './picture-url.ts';

/** The pictures of all assets, for any page: to be mounted at the path that their addresses name. */
export function pictureRoutes(): Hono<SandboxEnv> {
  const routes = new Hono<SandboxEnv>();
  routes.get('/:file{[^/]+\\.svg}', (c) => {
    const assetId = c.req.param('file').replace(/\.svg$/, '');
    if (!isSigned(assetId, new URL(c.req.url).search)) {
      throw new ApiError({ status: 403, name: 'AccessDenied', reason: 'The signature does not match' });
    }
    return c.body(drawPicture(assetId), 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=86400',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });
  return routes;
}
