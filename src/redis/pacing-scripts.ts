import { GRACE_MS, MAX_WINDOWS_AHEAD } from '../http/pacing/slot-rules.ts';
import { CHOOSE } from './choose-slot-script.ts';

// Of each part of the quota there are two sorted sets: the calls that count, by when they cease to, and the slots that are
// kept, by when they are, as "KIND:CALLER:KEY:CALL". When the window opens again, or has done so, after a 429 is kept beside
// them. What no honest clock can have put there is forgotten: that of Redis may have been set back.
const CLOCK = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function forget(calls, slots, window)
  redis.call('ZREMRANGEBYSCORE', calls, '-inf', now)
  redis.call('ZREMRANGEBYSCORE', slots, '-inf', now - ${GRACE_MS})
  for _, key in ipairs({calls, slots}) do redis.call('ZREMRANGEBYSCORE', key, now + 10 * window, '+inf') end
end
local function opensAt(key, window)
  local opens = tonumber(redis.call('GET', key) or '0')
  return opens <= now + 10 * window and opens or 0
end`;

// The same as `capacityAfterPause`.
const CAPACITY = `
local function afterPause(capacity, open, window)
  return math.ceil(capacity * math.min(1, math.max(0.5, 0.5 + open / window / 2)))
end`;

const STATE = `
local function readReleases(calls, window)
  local kept, releases = redis.call('ZRANGE', calls, 0, -1, 'WITHSCORES'), {}
  for index = 2, #kept, 2 do releases[index / 2] = math.min(tonumber(kept[index]), now + window) end
  return releases
end
local function readSlots(key)
  local kept, slots = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES'), {}
  for index = 2, #kept, 2 do
    local kind, caller, same, id = string.match(kept[index - 1], '^(%a):([^:]*):([^:]*):(.*)$')
    slots[index / 2] = {name = kept[index - 1], at = tonumber(kept[index]), kind = kind, caller = caller, key = same, id = id}
  end
  return slots
end`;

/**
 * Starts a call in the first part that has room, or keeps a slot for it: as `LocalPacing` does.
 *
 * Keys: the end of a pause, then calls and slots of each part. Arguments: id, caller and key of the call, window, how long it
 * lasts at most, its patience, whether a slot is kept, and the capacity of each part.
 *
 * Gives which part it has started in, or 0, how long it has to wait, whether it is to wait or to come back, and whether it has
 * a slot.
 */
export const ENTER = `${CLOCK}${CAPACITY}${STATE}${CHOOSE}
local call = {id = ARGV[2], caller = ARGV[3], key = ARGV[4], patience = tonumber(ARGV[7])}
local window, longest, parts = tonumber(ARGV[5]), tonumber(ARGV[6]), #ARGV - 8
local opens, best = opensAt(KEYS[1], window), nil
local name = call.caller .. ':' .. call.key .. ':' .. call.id
local function giveUp(slots, own)
  for part = 1, parts do redis.call('ZREM', KEYS[2 * part + 1], 'w:' .. name, 's:' .. name) end
  return own and redis.call('ZREM', slots, own.name) or 0
end
for part = 1, parts do
  local calls, key = KEYS[2 * part], KEYS[2 * part + 1]
  forget(calls, key, window)
  local capacity, slots = afterPause(tonumber(ARGV[8 + part]), now - opens, window), readSlots(key)
  local releases = readReleases(calls, window)
  local choice = choose(call, {now = now, opens = opens, window = window, capacity = capacity, releases = releases, slots = slots})
  if choice.at <= now then
    giveUp(key, choice.own)
    redis.call('ZADD', calls, now + longest + window, call.id)
    redis.call('PEXPIRE', calls, 10 * window)
    return {ARGV[1], part, 0, 0, 0}
  end
  if not best or choice.at < best.at then
    best = choice
    best.key = key
  end
end
if not best then return {ARGV[1], 0, window, 1, 0} end
local wait, isTold = best.at - now, best.kind == 'p'
if ARGV[8] == '0' then return {ARGV[1], 0, wait, 1, 0} end
giveUp(best.key, best.own)
if isTold and wait > ${MAX_WINDOWS_AHEAD} * window then return {ARGV[1], 0, wait, 1, 0} end
redis.call('ZADD', best.key, best.at, best.kind .. ':' .. name)
redis.call('PEXPIRE', best.key, 10 * window)
return {ARGV[1], 0, wait, isTold and 1 or 0, 1}`;

/** Has calls count for so long from now on, each an id and milliseconds; 0 for one that does not count. */
export const RECORD = `${CLOCK}
for index = 3, #ARGV, 2 do
  local left = tonumber(ARGV[index + 1])
  if left > 0 then redis.call('ZADD', KEYS[1], now + left, ARGV[index]) else redis.call('ZREM', KEYS[1], ARGV[index]) end
end
redis.call('PEXPIRE', KEYS[1], 10 * ARGV[2])
return {ARGV[1]}`;

/** Takes back the slots of a call that waits. Arguments: id, caller and key of the call. */
export const CANCEL = `
local name = ARGV[3] .. ':' .. ARGV[4] .. ':' .. ARGV[2]
for _, slots in ipairs(KEYS) do redis.call('ZREM', slots, 'w:' .. name, 's:' .. name) end
return {ARGV[1]}`;

/** Notes a 429. Arguments: for how long no call may start, window. */
export const THROTTLE = `${CLOCK}
local opens = now + ARGV[2]
if opens > tonumber(redis.call('GET', KEYS[1]) or '0') then redis.call('SET', KEYS[1], opens, 'PX', ARGV[2] + ARGV[3]) end
return {ARGV[1]}`;

/**
 * Tells the others that this replica is there, and gives how many there are, for how long the window has been open since a
 * 429 (negative while it is closed), and what each part holds. Keys: the replicas, the end of a pause, then calls and slots of each part. Arguments: name, lifetime, window.
 */
export const REPORT = `${CLOCK}
redis.call('ZADD', KEYS[1], now, ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
local reply = {ARGV[1], redis.call('ZCARD', KEYS[1]), now - opensAt(KEYS[2], tonumber(ARGV[4]))}
for index = 3, #KEYS, 2 do
  forget(KEYS[index], KEYS[index + 1], tonumber(ARGV[4]))
  reply[#reply + 1] = redis.call('ZCARD', KEYS[index]) + redis.call('ZCOUNT', KEYS[index + 1], '-inf', now)
end
return reply`;
