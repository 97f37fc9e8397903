import { CLOCK } from './script-parts.ts';

/** Most patches that the log keeps, and how long it lasts without one. */
const MAX_PATCHES = 10_000;
const LOG_LIFETIME_MS = 86_400_000;

// A log is never empty, so that it has an end from which a walk can begin. A walk that began where the log does not reach
// back to is of no use: patches may be missing.
/**
 * Appends the texts to the log, and gives the time, whether the log has the position, what stands from there on, and the
 * last walk. Without a position it gives the end of the log.
 */
export const SYNC = `${CLOCK}
local log, walk = KEYS[1], KEYS[2]
if redis.call('EXISTS', log) == 0 then redis.call('XADD', log, '*', 'text', '') end
for index = 4, #ARGV do redis.call('XADD', log, 'MAXLEN', '~', ${MAX_PATCHES}, '*', 'text', ARGV[index]) end
redis.call('PEXPIRE', log, ${LOG_LIFETIME_MS})
local entries = ARGV[2] == '' and {} or redis.call('XRANGE', log, ARGV[2], '+', 'COUNT', ARGV[3])
local isThere = #entries > 0 and entries[1][1] == ARGV[2]
if not isThere then entries = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1) end
local last = redis.call('HMGET', walk, 'id', 'position', 'began', 'ended', 'expires', 'content')
if last[2] and #redis.call('XRANGE', log, last[2], last[2]) == 0 then last = {} end
return {ARGV[1], now, isThere and 1 or 0, entries, last}`;

/**
 * Takes or renews the lead. Keys: the lead, and when the walk of who has it will be over. Arguments: holder, lifetime, and in
 * how long the own walk will be over, or nothing. Gives 1, or 0 while somebody else has it, and in how long that walk will be
 * over, or -1.
 */
export const LEAD = `${CLOCK}
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[2] then
  local ends = redis.call('GET', KEYS[2])
  return {ARGV[1], 0, ends and math.max(0, ends - now) or -1}
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if ARGV[4] == '' then redis.call('DEL', KEYS[2]) else redis.call('SET', KEYS[2], now + ARGV[4], 'PX', ARGV[3]) end
return {ARGV[1], 1, -1}`;

export const ADD_CHUNK = `
redis.call('RPUSH', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {ARGV[1]}`;

export const READ_CHUNK = `
return {ARGV[1], redis.call('LINDEX', KEYS[1], ARGV[2])}`;

/** Makes a walk the last one, while its holder has the lead. */
export const SET_WALK = `
local walk, lead = KEYS[1], KEYS[2]
if redis.call('GET', lead) ~= ARGV[2] then return {ARGV[1]} end
redis.call('DEL', walk)
redis.call('HSET', walk, 'id', ARGV[3], 'position', ARGV[4], 'began', ARGV[5], 'ended', ARGV[6], 'expires', ARGV[7],
  'content', ARGV[8])
redis.call('PEXPIREAT', walk, ARGV[7])
return {ARGV[1]}`;
