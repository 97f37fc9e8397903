import { setImmediate } from 'node:timers/promises';
import { vi } from 'vitest';
import { CachedReads, type Elsewhere } from '../../src/cache/cached-reads.ts';
import type { ReadKind } from '../../src/cache/read-kind.ts';
import type { ReadMemory } from '../../src/cache/read-memory.ts';
import type { ReadOutcome } from '../../src/cache/read-outcome.ts';
import type { CallScope } from '../../src/http/call.ts';
import { succeed } from '../../src/shared/result.ts';
import { scopeOf } from '../http/calls.ts';

export const TTL_MS = 10_000;
export const DOWN = { kind: 'unreachable', errorCode: 'ECONNREFUSED' } as const;

const kind: ReadKind<string> = {
  shape: 'text:1',
  decodeStored: (value) => (typeof value === 'string' ? value : null),
  isFrom: (path, value) => !value.includes('of /') || value.endsWith(`of ${path}`),
  isWhole: (value) => !value.startsWith('part'),
};

interface Upstream {
  outcome: ReadOutcome<string>;
  calls: number;
  tookMs: number;
}

/** Reads whose upstream gives what the test says. Needs a fake clock. */
export function openReads(memory: ReadMemory) {
  const reads = new CachedReads<string>(memory, kind);
  const upstream: Upstream = { outcome: succeed('one'), calls: 0, tookMs: 0 };
  const start = async (): Promise<ReadOutcome<string>> => {
    upstream.calls += 1;
    const { outcome } = upstream;
    vi.advanceTimersByTime(upstream.tookMs);
    return outcome;
  };
  const read = async (
    scope: CallScope = scopeOf(),
    path = '/1',
    elsewhere: Elsewhere<string> | null = null,
  ) => {
    const outcome = await reads.read(path, scope, start, elsewhere);
    // What is stored behind the answer.
    await setImmediate();
    return outcome.ok ? outcome.value : outcome.failure.kind;
  };
  return { read, upstream, memory };
}
