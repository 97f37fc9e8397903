import { EARLY_MS, GRACE_MS, SAME_CALL_MS, SLACK_MS } from '../http/pacing/slot-rules.ts';

// The same as `planSlot`, over sorted lists.
const PLAN = `
local function nextFree(at, slots)
  for _, taken in ipairs(slots) do if taken == at then at = at + 1 end end
  return at
end
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
  return nextFree(found or from, slots)
end`;

// Of `chooseSlot`: what a call waits for, or what its caller was told.
const OWN = `
local function findOwn(call, state)
  local same, other
  for _, slot in ipairs(state.slots) do
    if slot.kind == 'w' and slot.id == call.id then return slot end
    if slot.kind == 'p' and slot.caller == call.caller then
      local free = slot.at + ${SAME_CALL_MS}
      local isSame, isDue = slot.key == call.key, slot.at <= state.now
      if isSame and slot.at <= state.now + ${EARLY_MS} then same = same or slot
      elseif isDue and not isSame and (free <= state.now or free - state.now > call.patience) then other = other or slot end
    end
  end
  return same or other
end
local function findLapse(call, state)
  local own, any, ownStandbys, standbys = {}, {}, 0, 0
  for _, slot in ipairs(state.slots) do
    local isOwn = slot.caller == call.caller
    if slot.kind == 's' then
      if slot.id == call.id then return math.huge end
      standbys, ownStandbys = standbys + 1, ownStandbys + (isOwn and 1 or 0)
    elseif slot.kind == 'p' and slot.at <= state.now then
      any[#any + 1] = slot.at + ${GRACE_MS}
      if isOwn then own[#own + 1] = slot.at + ${SAME_CALL_MS} end
    end
  end
  return own[ownStandbys + 1] or any[standbys + 1] or math.huge
end`;

/**
 * The same as `chooseSlot`, for scripts. Of a slot, the kind is its first letter: "w" is awaited, "p" is told, "s" is standby.
 */
export const CHOOSE = `${PLAN}${OWN}
local function momentsOf(slots, now, slack)
  local moments = {}
  for _, slot in ipairs(slots) do
    if slot.kind ~= 's' then moments[#moments + 1] = slot.kind == 'p' and slot.at > now and slot.at + slack or slot.at end
  end
  table.sort(moments)
  return moments
end
local function choose(call, state)
  local now, releases, capacity = state.now, state.releases, state.capacity
  local from = math.max(now, state.opens)
  local function kindAt(at) return at - now <= call.patience and 'w' or 'p' end
  local own = findOwn(call, state)
  if own then
    local at = math.max(from, own.at)
    if #releases >= capacity then at = math.max(at, releases[#releases - capacity + 1]) end
    local others = {}
    for _, slot in ipairs(state.slots) do if slot ~= own then others[#others + 1] = slot.at end end
    if at > now then at = nextFree(at, others) end
    return {at = at, kind = kindAt(at), own = own}
  end
  local isFull = #releases >= capacity
  if not isFull and plan(from, state.window, capacity, releases, momentsOf(state.slots, now, ${SLACK_MS})) <= now then
    return {at = now, kind = 'w'}
  end
  local planned = momentsOf(state.slots, now, 0)
  local soonest = plan(from, state.window, capacity, releases, planned)
  local lapses = state.opens <= now and findLapse(call, state) or math.huge
  if lapses < soonest and lapses - now <= call.patience then return {at = lapses, kind = 's'} end
  local kind = kindAt(soonest)
  local lastRelease = (releases[#releases] or now) + #planned
  if kind == 'w' or soonest <= lastRelease then return {at = soonest, kind = kind} end
  return {at = plan(from, state.window, math.ceil(capacity / 2), releases, planned), kind = kind}
end`;
