import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startGateway } from '../contestants.ts';
import { ready } from '../load-job.ts';
import { messageOf, type Running, startNode } from '../processes.ts';
import { renderTable } from '../statistics.ts';
import { Crowd, type CrowdReport } from './crowd.ts';
import { type FrontEnd, gatewayFrontEnd, restFrontEnd } from './front-ends.ts';

/** How users were served by one way to the API. */
export interface QuotaOutcome extends CrowdReport {
  readonly name: string;
  readonly users: number;
  readonly seconds: number;
  /** Calls that the API answered, and those that it refused as too many. */
  readonly calls: number;
  readonly refused: number;
  /** Calls of the first 30 s, both kinds. */
  readonly firstCalls: number;
}

interface Way {
  readonly name: string;
  start(upstreamUrl: string): Promise<{ readonly running: Running; readonly frontEnd: FrontEnd }>;
}

/** The setting that the operating guide recommends for one project. */
const RECOMMENDED = { UPSTREAM_RATE_PER_MINUTE: '100', CACHE_TTL_MS: '30000', STALE_IF_ERROR_MS: '300000' };
const FIRST_MS = 30_000;

const WAYS: readonly Way[] = [
  gatewayWay('gateway, as recommended', RECOMMENDED),
  gatewayWay('gateway, without a cache', { UPSTREAM_RATE_PER_MINUTE: '100' }),
  {
    name: 'plain proxy',
    start: async (upstreamUrl) => {
      const file = new URL('./plain-proxy.ts', import.meta.url);
      const running = startNode(file, 'gateway', { NODE_ENV: 'production', UPSTREAM_URL: upstreamUrl });
      const { port } = ready.parse(await messageOf(running));
      return { running, frontEnd: restFrontEnd(`http://127.0.0.1:${port}`) };
    },
  },
];

const counts = z.object({ answered: z.number(), refused: z.number() });

/** Serves as many users for as long as asked, each way by itself and with a quota of its own. */
export async function runQuota(
  { users, seconds }: { readonly users: readonly number[]; readonly seconds: number },
  report: (line: string) => void,
): Promise<readonly QuotaOutcome[]> {
  const outcomes: QuotaOutcome[] = [];
  for (const count of users)
    for (const way of WAYS) {
      report(`${way.name}, ${count} users, ${seconds} s`);
      outcomes.push(await serve(way, count, seconds));
    }
  return outcomes;
}

export function renderQuota(outcomes: readonly QuotaOutcome[]): string {
  const heading = [
    'way',
    'users',
    'answered',
    'calls',
    '429',
    'first 30 s',
    'writes',
    'before own writes',
    "others' changes",
    'p50 ms',
    'p99 ms',
  ];
  const rows = outcomes.map((outcome) => [
    outcome.name,
    String(outcome.users),
    `${((100 * outcome.answered) / outcome.asked).toFixed(1)} % of ${outcome.asked}`,
    String(outcome.calls),
    String(outcome.refused),
    String(outcome.firstCalls),
    `${outcome.written} of ${outcome.writes}`,
    String(outcome.beforeWrites),
    `${(outcome.outsideMs / 1_000).toFixed(1)} s`,
    outcome.p50Ms.toFixed(0),
    outcome.p99Ms.toFixed(0),
  ]);
  return renderTable([heading, ...rows]);
}

async function serve(way: Way, users: number, seconds: number): Promise<QuotaOutcome> {
  const upstream = startNode(new URL('./window-upstream.ts', import.meta.url), 'surroundings', {});
  const { port } = ready.parse(await messageOf(upstream));
  const { running, frontEnd } = await way.start(`http://127.0.0.1:${port}`);
  const countCalls = async (): Promise<z.output<typeof counts>> => {
    upstream.child.send({});
    return counts.parse(await messageOf(upstream));
  };
  try {
    const early = sleep(Math.min(FIRST_MS, seconds * 1_000)).then(countCalls);
    const crowd = await new Crowd(frontEnd, seconds).run(users);
    const first = await early;
    const { answered: calls, refused } = await countCalls();
    return {
      ...crowd,
      name: way.name,
      users,
      seconds,
      calls,
      refused,
      firstCalls: first.answered + first.refused,
    };
  } finally {
    await running.stop();
    await upstream.stop();
  }
}

function gatewayWay(name: string, env: Readonly<Record<string, string>>): Way {
  return {
    name,
    start: async (upstreamUrl) => {
      const { running, origin, headers } = await startGateway(upstreamUrl, {
        kind: 'plain',
        hasMetrics: true,
        env,
      });
      return { running, frontEnd: gatewayFrontEnd(origin, headers) };
    },
  };
}
