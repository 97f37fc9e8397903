/** The time of Redis in milliseconds, as `now`. */
export const CLOCK = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** Deletes a key that still holds this value, so that nobody ends what is another's by now. */
export const DELETE_OWN = `
if redis.call('GET', KEYS[1]) == ARGV[2] then redis.call('DEL', KEYS[1]) end
return {ARGV[1]}`;
