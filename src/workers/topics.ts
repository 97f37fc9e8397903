import { z } from 'zod';
import { storedRecord } from '../scenario/stored-record.ts';
import { metricSnapshot } from '../telemetry/metric-snapshot.ts';
import type { Topic } from './line.ts';

const nothing = z.null();
const count = z.number();
const window = z.object({ points: z.number(), duration: z.number(), keyPrefix: z.string() });
const points = z.object({ window, key: z.string(), points: z.number() });
const budget = z.object({
  isWithin: z.boolean(),
  remainingPoints: z.number(),
  msBeforeNext: z.number(),
  consumedPoints: z.number(),
  isFirstInDuration: z.boolean(),
});
const keyed = z.object({ key: z.string(), record: storedRecord });

/** What a worker needs of the primary before it can start. */
const orders = z.object({
  /** Text of each file that the primary's configuration was read from, by path. */
  files: z.record(z.string(), z.string()),
  /** The worker's part of the upstream calls that may run at once. */
  connections: z.number(),
  /** The one sandbox of all workers, if that is the upstream. */
  sandbox: z.object({ url: z.string(), key: z.string(), secret: z.string() }).nullable(),
});

const address = z.object({ url: z.string(), upstream: z.string() });

export type Orders = z.output<typeof orders>;
export type Address = z.output<typeof address>;
export type SharedBudget = z.output<typeof budget>;
export type Points = z.output<typeof points>;

// Asked by workers.
export const JOIN = topic('join', nothing, orders);
/** The worker serves. */
export const LISTENING = topic('listening', address, nothing);
/** The worker got a signal: is it to stop, alone? Otherwise it is told with all the others. */
export const SIGNALLED = topic('signalled', nothing, z.boolean());
/** The worker has finished; these are its last metrics. */
export const FAREWELL = topic('farewell', metricSnapshot, nothing);
/** A write has ended; answered with the count when no worker answers from before it any more. */
export const ADVANCE = topic('advance', nothing, count);
/** The worker goes on answering from memory; answered with the count. */
export const RENEW = topic('renew', nothing, count);
export const CLAIM = topic('claim', keyed, storedRecord.nullable());
/** Takes back a claim whose answer did not come in time: nothing will be created for it. */
export const WITHDRAW = topic('withdraw', keyed, nothing);
export const SETTLE = topic('settle', keyed, nothing);
export const RELEASE = topic('release', z.object({ key: z.string() }), nothing);
export const CONSUME = topic('consume', points, budget);
/** Takes points off, or gives them back where they are negative. */
export const ADJUST = topic('adjust', points, nothing);

// Asked by the primary.
/** Another worker has ended a write. */
export const WRITTEN = topic('written', count, nothing);
export const METRICS = topic('metrics', nothing, metricSnapshot);
/** Stop with all the others. */
export const STOP = topic('stop', nothing, nothing);

function topic<Question, Answer>(
  name: string,
  question: z.ZodType<Question>,
  answer: z.ZodType<Answer>,
): Topic<Question, Answer> {
  return { name, question, answer };
}
