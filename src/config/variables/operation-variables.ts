import { bytes, flag, integer, milliseconds } from '../values.ts';
import { group, variable } from './variable.ts';

export function operationVariables() {
  return group('Operations', {
    deadlineMs: variable(
      'DEADLINE_MS',
      milliseconds(1, 600_000, 10_000),
      'time for one operation with all its calls, retries and waits',
    ),
    upstreamTimeoutMs: variable(
      'UPSTREAM_TIMEOUT_MS',
      milliseconds(1, 600_000, 5_000),
      'time for one attempt of a call',
    ),
    upstreamConnections: variable(
      'UPSTREAM_CONNECTIONS',
      integer(1, 10_000, 64),
      "most calls at once; more wait, and are refused when their deadline can't be met",
    ),
    maxUpstreamCalls: variable(
      'MAX_UPSTREAM_CALLS',
      integer(1, 10_000, 30),
      'most upstream calls that one operation may plan',
    ),
    maxPageWalk: variable('MAX_PAGE_WALK', integer(1, 10_000, 500), 'largest `first`'),
    maxBulkIds: variable('MAX_BULK_IDS', integer(1, 100_000, 1_000), 'most ids in one mutation'),
    maxBodyBytes: variable('MAX_BODY_BYTES', bytes(1, 1_073_741_824, 102_400), 'largest request body'),
    maxAnswerBytes: variable('MAX_ANSWER_BYTES', bytes(1, 268_435_456, 4_194_304), 'largest answer'),
    fastPath: variable(
      'FAST_PATH',
      flag(true),
      'whether plain requests take the fast path, past graphql-yoga',
    ),
  });
}
