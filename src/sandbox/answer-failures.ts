import type { Env, Hono } from 'hono';
import { ApiError, failureResponse, notFound } from './api-error.ts';
import type { FaultRegistry } from './fault-registry.ts';

/** Lets an app answer what goes wrong in the shape that is switched on. */
export function answerFailures<AppEnv extends Env>(app: Hono<AppEnv>, faults: FaultRegistry): Hono<AppEnv> {
  app.notFound((c) => {
    throw notFound(`No such route: ${c.req.path}`);
  });
  app.onError((error) => {
    const internal = { status: 500, name: 'InternalServerError', reason: 'Internal server error' };
    const failure = error instanceof ApiError ? error.failure : internal;
    return failureResponse(failure, faults.current.errorShape);
  });
  return app;
}
