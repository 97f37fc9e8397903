import { integer } from '../values.ts';
import { group, variable } from './variable.ts';

export function quotaVariables() {
  return group('Quotas', {
    rateLimitPerMinute: variable(
      'RATE_LIMIT_PER_MINUTE',
      integer(0, 1_000_000, 0),
      'upstream calls of one caller in a minute; `0` sets no limit',
    ),
    upstreamRatePerMinute: variable(
      'UPSTREAM_RATE_PER_MINUTE',
      integer(0, 1_000_000, 0),
      'the calls that the Scenario API grants in a minute (it documents 100): the gateway stays inside them, over all replicas with `REDIS_URL`; `0` sets no limit',
      { isMain: true },
    ),
  });
}
