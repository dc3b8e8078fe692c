-- line.lua: what a replica needs to know of one room's queue until it asks again.
--
-- KEYS[1]  hash    usher:{shop}:pool
-- KEYS[2]  hash    usher:{shop}:concert:state
-- KEYS[3+] bitmap  waiting of each chunk, then left of each chunk, then left of each older epoch's
-- ARGV     offset, presence ms, session ms, lane, epoch, lowest chunk, highest chunk, older epochs
-- Returns  {"ok" or "moved", view, offered, paused, waiting, inside, sessions, capacity, time,
--          then the bits of each bitmap}; bits may be nil for none
--
-- Why one script: called, issued and the bits must be of one moment, or a position would jump.

local now = time_now(ARGV[1])
local view = view_of(KEYS[2], ARGV[4], now, tonumber(ARGV[2]), tonumber(ARGV[3]))
if view.epoch ~= ARGV[5]
    or view.low ~= tonumber(ARGV[6])
    or chunk_of(view.issued) ~= tonumber(ARGV[7])
    or view.older ~= ARGV[8] then
  return {'moved', tell(view)}
end
local s = redis.call('HMGET', KEYS[2], 'offered' .. view.at, 'paused', 'waiting', 'inside' .. view.at)
local p = redis.call('HMGET', KEYS[1], 'sessions', 'capacity', 'until')
local capacity = p[2] or '0'
if tonumber(p[3] or 0) <= now then
  capacity = '0'
end
local answer = {'ok', tell(view), s[1] or '0', s[2] or '0', s[3] or '0', s[4] or '0',
  p[1] or '0', capacity, string.format('%d', now)}
for i = 3, #KEYS do
  answer[#answer + 1] = redis.call('GET', KEYS[i])
end
return answer
