import { Hono } from 'hono';
import { faultRoutes } from './control-routes.ts';
import { pictureRoutes } from './pictures/picture-routes.ts';
import { PICTURES_PATH } from './pictures/picture-url.ts';
import type { SandboxParts } from './sandbox-env.ts';

/** What a gateway that embeds the sandbox lets through at its own address: pictures, and in development the switches. */
export function publicRoutes({ library, faults }: Pick<SandboxParts, 'library' | 'faults'>): Hono {
  const routes = new Hono();
  routes.route(PICTURES_PATH, pictureRoutes(library));
  routes.route('/sandbox/faults', faultRoutes(faults));
  return routes;
}
