import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { ApiError } from './api-error.ts';
import type { FaultRegistry } from './fault-registry.ts';
import type { FaultAction } from './faults.ts';
import type { SandboxEnv } from './sandbox-env.ts';
import { statusFailure } from './status-failure.ts';
import { alreadySent, resetConnection, sendTruncated } from './transport-faults.ts';

/** Plays latency, the rate window and the first rule that hits, in this order. */
export function faultMiddleware(faults: FaultRegistry): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const { latencyMs } = faults.current;
    if (latencyMs > 0) await sleep(latencyMs, undefined, { ref: false });
    keepRate(faults);
    const action = faults.take(c.req);
    if (action === undefined) await next();
    else await play(action, c, next);
  };
}

function keepRate(faults: FaultRegistry): void {
  const seconds = faults.countCall();
  if (seconds === undefined) return;
  const { perMinute, retryAfter: form } = faults.current.rate;
  throw new ApiError({
    status: 429,
    name: 'TooManyRequests',
    reason: `More than ${perMinute} requests a minute`,
    retryAfter: form === 'absent' ? undefined : { form, seconds },
  });
}

async function play(action: FaultAction, c: Context<SandboxEnv>, next: Next): Promise<void> {
  switch (action.kind) {
    case 'status':
      if (action.applied) await next();
      throw new ApiError(statusFailure(action));
    case 'hang':
      if (action.applied) await next();
      break;
    case 'reset':
      if (action.applied) await next();
      resetConnection(c.env);
      break;
    case 'truncated':
      await next();
      await sendTruncated(c.res, c.env);
      break;
    case 'not-json':
      await next();
      c.res = maintenancePage();
      return;
    default:
      action satisfies never;
  }
  c.res = alreadySent();
}

function maintenancePage(): Response {
  const headers = { 'content-type': 'text/html' };
  return new Response('<html><body>We are down for maintenance</body></html>\n', { headers });
}
