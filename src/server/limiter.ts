import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/** How many points a key may use up in how many seconds. */
export interface LimiterWindow {
  readonly points: number;
  readonly duration: number;
  /** Tells what is counted here from what is counted elsewhere. */
  readonly keyPrefix: string;
}

/** Counts points by key in windows of time; the limiters of rate-limiter-flexible are such. */
export interface Limiter {
  /** Takes points off. Rejects with what is left of the window when they are not in it. */
  consume(key: string, points: number): Promise<RateLimiterRes>;
  /** Takes points off, in the window or not. */
  penalty(key: string, points: number): Promise<unknown>;
  /** Gives points back. */
  reward(key: string, points: number): Promise<unknown>;
}

export type OpenLimiter = (window: LimiterWindow) => Limiter;

/** Counts in the memory of this process. */
export const openMemoryLimiter: OpenLimiter = (window) => new RateLimiterMemory(window);
