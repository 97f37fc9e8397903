import { Hono } from 'hono';
import type { FaultRegistry } from './fault-registry.ts';
import { faultsSchema } from './faults.ts';
import { decode, parseJson } from './wire.ts';

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
