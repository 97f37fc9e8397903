import cluster, { type Worker } from 'node:cluster';
import type { IdempotencyStore } from '../scenario/idempotency-store.ts';
import type { OpenLimiter } from '../server/limiter.ts';
import type { Logger } from '../shared/logger.ts';
import type { MetricSnapshot } from '../telemetry/metric-snapshot.ts';
import { Line } from './line.ts';
import { type Address, FAREWELL, JOIN, LISTENING, METRICS, type Orders, SIGNALLED, STOP } from './topics.ts';
import { WorkerGeneration } from './worker-generation.ts';
import { WorkerIdempotencyStore } from './worker-idempotency-store.ts';
import { WorkerLimiter } from './worker-limiter.ts';

/** The primary, as a worker sees it. */
export interface Primary {
  readonly orders: Orders;
  /** Gives the text of a file as the primary read it. @throws when it did not */
  readFile(path: string): string;
  /** What all workers remember together. */
  readonly local: {
    readonly idempotency: IdempotencyStore;
    readonly generation: WorkerGeneration;
    readonly openLimiter: OpenLimiter;
    readonly hasSiblings: true;
  };
  /** Lets the primary read this worker's metrics. */
  showMetrics(read: () => Promise<MetricSnapshot>): void;
  /** Called when the primary asks all workers to stop, or has ended, and nobody connects any more. */
  onStop(stop: (isUnreachable: boolean) => void): void;
  /** Whether the worker is to stop alone after a signal, and not with all the others. */
  isMeantAlone(): Promise<boolean>;
  isGone(): boolean;
  /** Says that the worker serves. @param logger where to say what goes wrong with the others from now on */
  serveAt(address: Address, logger: Logger): Promise<void>;
  /** Says that the worker has finished. */
  takeLeave(): Promise<void>;
}

const JOIN_TIMEOUT_MS = 10_000;

/**
 * Joins the primary that started this process.
 * @throws when nobody did, or when the primary does not answer
 */
export async function joinPrimary(): Promise<Primary> {
  const { worker } = cluster;
  if (!worker) throw new Error('a worker is started by the gateway itself: set WORKERS');
  const line = new Line(worker);
  let logger: Logger | null = null;
  let readMetrics: (() => Promise<MetricSnapshot>) | null = null;
  const orders = await line.ask(JOIN, null, JOIN_TIMEOUT_MS);
  const generation = new WorkerGeneration(line, () => logger);
  await generation.start();
  return {
    orders,
    readFile: (path) => readOrdered(orders, path),
    local: {
      idempotency: new WorkerIdempotencyStore(line),
      generation,
      openLimiter: (window) => new WorkerLimiter(line, window),
      hasSiblings: true,
    },
    showMetrics: (read) => {
      readMetrics = read;
      line.serve(METRICS, read);
    },
    onStop: (stop) => listenForEnd(worker, line, stop),
    isMeantAlone: () => line.ask(SIGNALLED, null).catch(() => false),
    isGone: () => !worker.isConnected(),
    serveAt: async (address, log) => {
      logger = log;
      await line.ask(LISTENING, address);
    },
    takeLeave: async () => {
      if (readMetrics) await line.ask(FAREWELL, await readMetrics()).catch(() => {});
    },
  };
}

function readOrdered({ files }: Orders, path: string): string {
  const text = files[path];
  if (text === undefined) throw new Error(`the primary did not read ${path}`);
  return text;
}

function listenForEnd(worker: Worker, line: Line, stop: (isUnreachable: boolean) => void): void {
  line.serve(STOP, () => {
    stop(false);
    return null;
  });
  worker.on('disconnect', () => {
    // Or Node ends the process at once, with all that is under way.
    worker.exitedAfterDisconnect = true;
    stop(true);
  });
}
