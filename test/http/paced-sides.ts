import { vi } from 'vitest';
import { LocalPacing } from '../../src/http/pacing/local-pacing.ts';
import type { PacedCall } from '../../src/http/pacing/pacing.ts';
import { shareQuota } from '../../src/http/pacing/quota-shares.ts';

export const WINDOW_MS = 60_000;

/** One of the two that pace: a process alone, or all replicas over Redis. Both are to do the same. */
export interface PacedSide {
  /** @returns `starts`, `waits MS` or `told MS` */
  enter(call: PacedCall): Promise<string>;
  /** Called when a call that has started ends. */
  end(id: string, wasSent: boolean): Promise<void>;
  cancel(call: PacedCall): Promise<void>;
  throttled(pauseMs: number): Promise<void>;
}

/** A process alone, on the clock of the test. @param quota calls in a window */
export function openLocalSide(quota: number): PacedSide {
  const pacing = new LocalPacing(shareQuota(quota), WINDOW_MS, () => 0);
  const ends = new Map<string, (wasSent: boolean) => void>();
  return {
    enter: async (call) => {
      const turn = pacing.enter(call);
      if (turn.kind === 'waits') return `waits ${turn.waitMs}`;
      if (turn.kind === 'refused') return `told ${turn.retryAfterMs}`;
      ends.set(call.id, turn.end);
      return 'starts';
    },
    end: async (id, wasSent) => ends.get(id)?.(wasSent),
    cancel: async (call) => pacing.cancel(call),
    throttled: async (pauseMs) => pacing.throttled(pauseMs),
  };
}

/** Sets the clock of a process forward. */
export function passTo(moment: number): void {
  vi.advanceTimersByTime(Math.max(0, moment - performance.now()));
}
