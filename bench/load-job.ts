import { z } from 'zod';

const shot = z.object({ method: z.enum(['GET', 'POST']), path: z.string(), body: z.string().nullable() });

/** What the load generator is asked for: requests in rotation, by so many at once, for so long. */
export const loadJob = z.object({
  origin: z.url(),
  headers: z.record(z.string(), z.string()),
  shots: z.array(shot).min(1),
  concurrency: z.number().int().min(1),
  seconds: z.number().positive().max(120),
  /** A smaller answer counts as wrong. */
  minBytes: z.number().int(),
});

/** What the load generator saw. */
export const loadReport = z.object({
  requests: z.number(),
  wrong: z.number(),
  elapsedMs: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
});

/** What a server says once it listens. */
export const ready = z.object({ port: z.number() });

/** What the upstream is told: how long to take for each answer from now on. */
export const order = z.object({ latencyMs: z.number().min(0) });

/** The project whose list of collections has an end: all others go on as long as anybody walks them. */
export const SMALL_PROJECT = 'small';

/** One request of a rotation. */
export type Shot = z.infer<typeof shot>;
export type LoadJob = z.infer<typeof loadJob>;
export type LoadReport = z.infer<typeof loadReport>;
