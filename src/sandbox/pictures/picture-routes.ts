import { Hono } from 'hono';
import { ApiError } from '../api-error.ts';
import type { LibraryStore } from '../library/library-store.ts';
import { drawPicture } from './draw-picture.ts';
import { orderPicture } from './order-picture.ts';
import { isSigned } from './picture-url.ts';

const HEADERS = {
  'content-type': 'image/svg+xml',
  'cache-control': 'public, max-age=86400, immutable',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
};

/**
 * The pictures of all assets, for any page and without credentials, to be mounted at the path that their addresses name.
 * `width` after the signed part gives the width in pixels.
 */
export function pictureRoutes(library: LibraryStore): Hono {
  const routes = new Hono();
  for (const size of ['full', 'thumbnail'] as const) {
    routes.get(`/${size}/:file{[^/]+\\.svg}`, (c) => {
      const { pathname, search } = new URL(c.req.url);
      if (!isSigned(pathname, search)) {
        throw new ApiError({ status: 403, name: 'AccessDenied', reason: 'The signature does not match' });
      }
      const assetId = c.req.param('file').replace(/\.svg$/, '');
      const order = orderPicture(library, assetId, size, Number(c.req.query('width')));
      return c.body(drawPicture(order), 200, HEADERS);
    });
  }
  return routes;
}
