import type { Epoch } from '../cache/write-epoch.ts';
import { CLOCK } from './script-parts.ts';

// One key holds the name of the epoch and, on the clock of Redis, when the last write of unknown outcome cannot arrive
// any more. Both in one value: they are never seen apart, and neither can be evicted alone.
/** Gives what is stored, or `null`, and the time in milliseconds. */
export const READ_EPOCH = `${CLOCK}
return {ARGV[1], redis.call('GET', KEYS[1]), now}`;

/** Begins an epoch with this name where there is none, and gives what is stored then, and the time in milliseconds. */
export const FIRST_EPOCH = `${CLOCK}
redis.call('SET', KEYS[1], ARGV[2] .. ' 0', 'NX')
return {ARGV[1], redis.call('GET', KEYS[1]), now}`;

// Whatever stands there is replaced. A clock that went back must not leave the epoch unsettled forever.
/** Begins an epoch with this name. It settles after so many milliseconds, and not before its predecessor would have. */
export const BEGIN_EPOCH = `${CLOCK}
local old = redis.pcall('GET', KEYS[1])
local settles = type(old) == 'string' and tonumber(string.match(old, ' (%d+)$')) or 0
settles = math.max(math.min(settles, now + 600000), now + ARGV[3])
redis.call('SET', KEYS[1], string.format('%s %.0f', ARGV[2], settles))
return {ARGV[1]}`;

const STORED = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\d{1,15})$/;

/** Decodes what the scripts give; `null` for anything else. */
export function decodeEpoch(stored: unknown, nowMs: unknown): Epoch | null {
  if (typeof stored !== 'string' || typeof nowMs !== 'number') return null;
  const [, name, settlesAtMs] = STORED.exec(stored) ?? [];
  if (name === undefined) return null;
  return { name, isSettled: nowMs >= Number(settlesAtMs) };
}
