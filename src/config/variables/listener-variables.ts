import { flag, host, integer, milliseconds, origins } from '../values.ts';
import { group, type Mode, variable } from './variable.ts';

export function listenerVariables(mode: Mode) {
  const isDevelopment = mode === 'development';
  return group('Listeners', {
    host: variable(
      'HOST',
      host.default(isDevelopment ? '127.0.0.1' : '0.0.0.0'),
      'the address that both listeners are bound to',
    ),
    port: variable('PORT', integer(0, 65_535, 4_000), 'the listener of `/graphql`, `/livez` and `/readyz`', {
      isMain: true,
    }),
    adminPort: variable(
      'ADMIN_PORT',
      integer(0, 65_535, isDevelopment ? 0 : 9_464),
      'a second listener with `/metrics` for Prometheus; `0` turns it off',
    ),
    corsOrigins: variable(
      'CORS_ORIGINS',
      origins.default([]),
      'exact origins whose pages may call, with commas between, also `capacitor://localhost` and the like; in development every page from this machine may',
      { isMain: true },
    ),
    keepAliveMs: variable(
      'KEEP_ALIVE_MS',
      milliseconds(1_000, 3_600_000, 65_000),
      "how long an idle connection of a caller is kept; longer than the load balancer's own time",
    ),
    graphiql: variable('GRAPHIQL', flag(isDevelopment), 'GraphiQL, introspection and suggestions'),
    drainDelayMs: variable(
      'DRAIN_DELAY_MS',
      milliseconds(0, 60_000, 0),
      'how long to go on serving after `SIGTERM`, not ready any more',
    ),
  });
}
