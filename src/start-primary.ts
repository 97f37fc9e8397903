import type { Config, Environment } from './config.ts';
import { openUpstream } from './open-upstream.ts';
import { MemoryIdempotencyStore } from './scenario/idempotency-store.ts';
import { openMemoryLimiter } from './server/limiter.ts';
import type { Logger } from './shared/logger.ts';
import { type Result, succeed } from './shared/result.ts';
import { openAdmin } from './watch-gateway.ts';
import { connectionShares } from './workers/connection-shares.ts';
import { Crew } from './workers/crew.ts';
import { CrewMetrics } from './workers/crew-metrics.ts';
import type { Member } from './workers/member.ts';
import { MemoryService } from './workers/memory-service.ts';
import type { Orders } from './workers/topics.ts';
import { WriteCount } from './workers/write-count.ts';

/** What the primary takes from its surroundings. */
export interface PrimarySurroundings {
  readonly logger: Logger;
  /** Text of each file that the configuration was read from, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Settings of the embedded sandbox. */
  readonly sandboxEnv: Environment;
}

/** The process that starts the workers, and holds what they share. */
export interface StartedPrimary {
  /** Where GraphQL is. */
  readonly url: string;
  /** The upstream in use, without credentials. */
  readonly upstream: string;
  /** Resolves when workers can't be started any more. */
  readonly givenUp: Promise<void>;
  /** Lets all workers stop, then ends what they shared; resolves with whether all ended well. */
  stop(): Promise<boolean>;
  /** Ends all workers in the middle of whatever they do. */
  kill(): Promise<void>;
}

// What a worker takes at most beyond the delay, and some more.
const MAX_STOP_MS = 25_000;

/**
 * Starts the workers, which serve; resolves when all do.
 * @throws ConfigError for bad settings of the sandbox
 * @returns the exit code of the first worker when it ended before it served
 */
export async function startPrimary(
  config: Config,
  { logger, files, sandboxEnv }: PrimarySurroundings,
): Promise<Result<StartedPrimary, number>> {
  const upstream = await openUpstream(config.upstream, sandboxEnv);
  const { baseUrl, key, secret } = upstream;
  const sandbox = config.upstream.kind === 'sandbox' ? { url: baseUrl.href, key, secret } : null;
  const shares = connectionShares(config.upstreamConnections, config.workers);
  const metrics = config.adminPort === 0 ? null : new CrewMetrics(() => crew);
  const givenUp = Promise.withResolvers<void>();
  const orders = (place: number): Orders => ({
    files: Object.fromEntries(files),
    connections: shares[place] ?? 1,
    sandbox,
  });
  const crew = new Crew({
    size: config.workers,
    maxStopMs: config.drainDelayMs + MAX_STOP_MS,
    logger,
    orders,
    attend: holdInCommon(metrics),
    onGiveUp: givenUp.resolve,
  });
  const admin = metrics && (await openAdmin(() => metrics.render(), config, logger));
  const address = await crew.start();
  if (!address.ok) return address;
  return succeed({
    ...address.value,
    givenUp: givenUp.promise,
    stop: async () => {
      const isGood = await crew.stop();
      await upstream.close();
      await admin?.close();
      return isGood;
    },
    kill: () => crew.kill(),
  });
}

/** What all workers hold in common, and this process for them. */
function holdInCommon(metrics: CrewMetrics | null): (member: Member) => void {
  const memory = new MemoryService(new MemoryIdempotencyStore(), openMemoryLimiter);
  const writes = new WriteCount();
  return ({ line, ended }) => {
    memory.attend(line);
    writes.attend(line, ended);
    metrics?.attend(line, ended);
  };
}
