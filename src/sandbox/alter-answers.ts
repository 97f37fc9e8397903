import type { MiddlewareHandler } from 'hono';
import { endpointOf } from './endpoints.ts';
import type { FaultRegistry } from './fault-registry.ts';
import type { SandboxEnv } from './sandbox-env.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Takes fields away from the records of an answer and adds unknown ones, as it is switched. */
export function alterAnswers(faults: FaultRegistry): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    await next();
    const { omit, withoutThumbnails, extraFields } = faults.current.answers;
    const endpoint = endpointOf(c.req);
    const omitted = new Set(endpoint === undefined ? [] : omit[endpoint]);
    if (withoutThumbnails) omitted.add('thumbnail');
    if (!c.res.ok || (omitted.size === 0 && !extraFields)) return;
    const alter = (record: Fields): Fields => ({
      ...Object.fromEntries(Object.entries(record).filter(([field]) => !omitted.has(field))),
      ...(extraFields && { visibility: 'team', stats: { views: 12 } }),
    });
    const body: unknown = await c.res.json();
    c.res = Response.json({ ...alterEach(body, alter), ...(extraFields && { took: 12 }) });
  };
}

/** Every answer is an object that holds a record, or a list of them, under its name. */
function alterEach(body: unknown, alter: (record: Fields) => Fields): Fields {
  if (!isFields(body)) return {};
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, alterValue(value, alter)]));
}

function alterValue(value: unknown, alter: (record: Fields) => Fields): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => (isFields(entry) ? alter(entry) : entry));
  return isFields(value) ? alter(value) : value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
