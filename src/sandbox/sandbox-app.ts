import { randomUUID } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { alterAnswers } from './alter-answers.ts';
import { answerFailures } from './answer-failures.ts';
import { ApiError } from './api-error.ts';
import { assetResource } from './assets/asset-resource.ts';
import { assetSearch } from './assets/asset-search.ts';
import { deleteAssetsRoute } from './assets/delete-assets-route.ts';
import { collectionRoutes } from './collection-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { PATHS } from './endpoints.ts';
import { faultMiddleware } from './fault-middleware.ts';
import { libraryRoutes } from './library/library-routes.ts';
import { membershipRoutes } from './membership-routes.ts';
import { modelResource } from './models/model-resource.ts';
import { modelSearch } from './models/model-search.ts';
import { publicRoutes } from './public-routes.ts';
import type { SandboxCredentials, SandboxEnv, SandboxParts } from './sandbox-env.ts';
import { searchRoutes } from './search/search-routes.ts';

/** The whole sandbox: the API below `/v1`, its pictures, and the controls. */
export function sandboxApp(parts: SandboxParts): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.use(
    '/v1/*',
    record(parts),
    authenticate(parts.credentials),
    faultMiddleware(parts.faults),
    alterAnswers(parts.faults),
  );
  app.route('/v1', api(parts));
  app.route('/', publicRoutes(parts));
  app.route('/', controlRoutes(parts));
  return answerFailures(app, parts.faults);
}

function api(parts: SandboxParts): Hono<SandboxEnv> {
  const routes = new Hono<SandboxEnv>();
  routes.route('/collections', collectionRoutes(parts));
  routes.route('/collections', membershipRoutes(parts, 'asset'));
  routes.route('/collections', membershipRoutes(parts, 'model'));
  routes.route('/assets', libraryRoutes(parts, assetResource(parts)));
  routes.route('/assets', deleteAssetsRoute(parts));
  routes.route('/models', libraryRoutes(parts, modelResource(parts)));
  routes.route('/search', searchRoutes(parts, assetSearch(parts)));
  routes.route('/search', searchRoutes(parts, modelSearch(parts)));
  for (const path of PATHS) {
    routes.all(path, (c) => {
      const reason = `${c.req.method} is not allowed here`;
      throw new ApiError({ status: 405, name: 'MethodNotAllowed', reason });
    });
  }
  return routes;
}

function record({ activity }: SandboxParts): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    activity.countCall(c.req);
    await next();
    c.res.headers.set('x-amzn-requestid', randomUUID());
  };
}

function authenticate({ key, secret }: SandboxCredentials): MiddlewareHandler<SandboxEnv> {
  const expected = Buffer.from(`${key}:${secret}`).toString('base64');
  return async (c, next) => {
    const given = /^basic (?<token>.*)$/i.exec(c.req.header('authorization') ?? '')?.groups?.['token'];
    if (given !== expected) {
      throw new ApiError({ status: 401, name: 'Unauthorized', reason: 'Invalid API key or secret' });
    }
    await next();
  };
}
