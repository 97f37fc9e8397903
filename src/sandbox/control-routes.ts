import { Hono } from 'hono';
import type { FaultRegistry } from './fault-registry.ts';
import { faultsSchema } from './faults.ts';
import type { SandboxEnv, SandboxParts } from './sandbox-env.ts';
import { decode, parseJson } from './wire.ts';

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

/** Shows all switches, sets them and puts them back. */
export function faultRoutes(faults: FaultRegistry): Hono {
  const routes = new Hono();
  routes.get('/', (c) => c.json(faults.current));
  // The body is the whole state: a switch that it leaves out goes back to its default.
  routes.put('/', async (c) => {
    faults.replace(decode(faultsSchema, parseJson(await c.req.text())));
    return c.json(faults.current);
  });
  routes.delete('/', (c) => {
    faults.reset();
    return c.json(faults.current);
  });
  return routes;
}
