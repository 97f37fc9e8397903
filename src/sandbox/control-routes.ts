import { Hono } from 'hono';
import { faultRoutes } from './fault-routes.ts';
import type { SandboxEnv, SandboxParts } from './sandbox-env.ts';

/** The sandbox's own switches and records: outside the API, without credentials, and never faulty themselves. */
export function controlRoutes({ faults, activity }: SandboxParts): Hono<SandboxEnv> {
  const routes = new Hono<SandboxEnv>();

  routes.route('/__faults', faultRoutes(faults));

  routes.get('/__ledger', (c) => c.json(activity.writes));
  routes.delete('/__ledger', (c) => {
    activity.clearWrites();
    return c.json(activity.writes);
  });

  routes.get('/__stats', (c) => c.json(activity.calls));
  routes.delete('/__stats', (c) => {
    activity.clearCalls();
    return c.json(activity.calls);
  });

  return routes;
}
