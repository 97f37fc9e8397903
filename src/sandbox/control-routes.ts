import { Hono } from 'hono';
import { faultsSchema } from './faults.ts';
import type { SandboxEnv, SandboxParts } from './sandbox-env.ts';
import { decode, parseJson } from './wire.ts';

/** The sandbox's own switches and records: outside the API, and never faulty themselves. */
export function controlRoutes({ faults, activity }: SandboxParts): Hono<SandboxEnv> {
  const routes = new Hono<SandboxEnv>();

  routes.get('/__faults', (c) => c.json(faults.current));
  // The body is the whole state: a switch that it leaves out goes back to its default.
  routes.put('/__faults', async (c) => {
    faults.replace(decode(faultsSchema, parseJson(await c.req.text())));
    return c.json(faults.current);
  });
  routes.delete('/__faults', (c) => {
    faults.reset();
    return c.json(faults.current);
  });

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
