import { GRACE_MS, MAX_WINDOWS_AHEAD, SLACK_MS } from '../http/pacing/slot-rules.ts';

// Of each part of the quota there are two sorted sets: the calls that count, by when they cease to, and the slots that are
// kept, by when they are. A slot is "w:CALL" while the call waits, "p:KEY:CALL" for who was told to come back. What no
// honest clock can have put there is forgotten: that of Redis may have been set back.
const CLOCK = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function forget(calls, slots, window)
  redis.call('ZREMRANGEBYSCORE', calls, '-inf', now)
  redis.call('ZREMRANGEBYSCORE', slots, '-inf', now - ${GRACE_MS})
  for _, key in ipairs({calls, slots}) do redis.call('ZREMRANGEBYSCORE', key, now + 10 * window, '+inf') end
end`;

// The same as `planSlot`, over sorted lists.
const PLAN = `
local function plan(from, window, capacity, releases, slots)
  local counted, never = #releases, math.huge
  local found = counted < capacity and from or nil
  local release, started, ended = 1, 1, 1
  while release <= #releases or ended <= #slots do
    local over = slots[ended] and slots[ended] + window or never
    local ending, starting = math.min(releases[release] or never, over), slots[started] or never
    if found and math.min(ending, starting) >= found + window then break end
    if starting < ending then
      counted, started = counted + 1, started + 1
    else
      counted = counted - 1
      if over == ending then ended = ended + 1 else release = release + 1 end
    end
    if counted >= capacity then found = nil
    elseif not found then found = math.max(from, ending) end
  end
  found = found or from
  for _, taken in ipairs(slots) do if taken == found then found = found + 1 end end
  return found
end`;

/**
 * Starts a call in the first part that has room, or keeps a slot for it: as `LocalPacing` does.
 *
 * Keys: the end of a pause, then calls and slots of each part. Arguments: id and key of the call, window, how long it lasts
 * at most, its patience, whether a slot is kept, and the capacity of each part.
 *
 * Gives which part it has started in, or 0, how long it has to wait, and whether it has a slot.
 */
export const ENTER = `${CLOCK}${PLAN}
local id, key, window, longest = ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local opens = tonumber(redis.call('GET', KEYS[1]) or '0')
local from = opens > now and opens <= now + 10 * window and opens or now
local waits, best = 'w:' .. id, nil
for part = 1, #ARGV - 7 do
  local calls, slots, capacity = KEYS[2 * part], KEYS[2 * part + 1], tonumber(ARGV[7 + part])
  forget(calls, slots, window)
  local own, releases, exact, late = nil, {}, {}, {}
  local counting, kept = redis.call('ZRANGE', calls, 0, -1, 'WITHSCORES'), redis.call('ZRANGE', slots, 0, -1, 'WITHSCORES')
  for index = 2, #counting, 2 do releases[index / 2] = math.min(tonumber(counting[index]), now + window) end
  for index = 2, #kept, 2 do
    local name, at = kept[index - 1], tonumber(kept[index])
    local isTold = string.sub(name, 1, 2) == 'p:'
    local isOwn = name == waits or (at <= now and string.sub(name, 1, #key + 3) == 'p:' .. key .. ':')
    if isOwn and (not own or name == waits) then own = {name, at} end
    exact[index / 2] = at
    late[index / 2] = isTold and at > now and at + ${SLACK_MS} or at
  end
  local at
  if own then
    at = math.max(from, own[2])
    if #releases >= capacity then at = math.max(at, releases[#releases - capacity + 1]) end
  else
    table.sort(late)
    at = plan(from, window, capacity, releases, late)
    if at > now then at = plan(from, window, capacity, releases, exact) end
  end
  if at <= now then
    for other = 1, #ARGV - 7 do redis.call('ZREM', KEYS[2 * other + 1], waits) end
    if own then redis.call('ZREM', slots, own[1]) end
    redis.call('ZADD', calls, now + longest + window, id)
    redis.call('PEXPIRE', calls, 10 * window)
    return {ARGV[1], part, 0, 0}
  end
  if not best or at < best.at then best = {at = at, slots = slots, own = own, count = #exact, capacity = capacity} end
end
local wait = best.at - now
local isAwaited = wait <= tonumber(ARGV[6])
if ARGV[7] == '0' then return {ARGV[1], 0, wait, 0} end
for part = 1, #ARGV - 7 do redis.call('ZREM', KEYS[2 * part + 1], waits) end
if best.own then redis.call('ZREM', best.slots, best.own[1]) end
if not isAwaited and best.count >= best.capacity * ${MAX_WINDOWS_AHEAD} then return {ARGV[1], 0, wait, 0} end
redis.call('ZADD', best.slots, best.at, isAwaited and waits or 'p:' .. key .. ':' .. id)
redis.call('PEXPIRE', best.slots, 10 * window)
return {ARGV[1], 0, wait, 1}`;

/** Has calls count for so long from now on, each an id and milliseconds; 0 for one that does not count. */
export const RECORD = `${CLOCK}
for index = 3, #ARGV, 2 do
  local left = tonumber(ARGV[index + 1])
  if left > 0 then redis.call('ZADD', KEYS[1], now + left, ARGV[index]) else redis.call('ZREM', KEYS[1], ARGV[index]) end
end
redis.call('PEXPIRE', KEYS[1], 10 * ARGV[2])
return {ARGV[1]}`;

/** Takes back the slots of a call that waits. */
export const CANCEL = `
for _, slots in ipairs(KEYS) do redis.call('ZREM', slots, 'w:' .. ARGV[2]) end
return {ARGV[1]}`;

/** Lets no call start for so long. */
export const PAUSE = `${CLOCK}
local opens = now + ARGV[2]
if opens > tonumber(redis.call('GET', KEYS[1]) or '0') then redis.call('SET', KEYS[1], opens, 'PX', ARGV[2]) end
return {ARGV[1]}`;

/**
 * Tells the others that this replica is there, and gives how many there are, for how long no call may start, and what each
 * part holds. Keys: the replicas, the end of a pause, then calls and slots of each part. Arguments: name, lifetime, window.
 */
export const REPORT = `${CLOCK}
redis.call('ZADD', KEYS[1], now, ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
local reply = {ARGV[1], redis.call('ZCARD', KEYS[1]), math.max(0, tonumber(redis.call('GET', KEYS[2]) or '0') - now)}
for index = 3, #KEYS, 2 do
  forget(KEYS[index], KEYS[index + 1], tonumber(ARGV[4]))
  reply[#reply + 1] = redis.call('ZCARD', KEYS[index]) + redis.call('ZCOUNT', KEYS[index + 1], '-inf', now)
end
return reply`;
