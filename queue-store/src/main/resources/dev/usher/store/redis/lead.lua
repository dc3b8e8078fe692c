-- lead.lua: makes one replica the leader of an upstream for a term, or renews its term.
--
-- KEYS[1]  hash    usher:{shop}:pool                        leader, leader's term, fence
-- ARGV     offset, replica, term ms
-- Returns  {"ok", fence}, or {"ok", "0"} while another leads
--
-- Why a fence: a leader that was stopped and goes on after its term does not know that it is late.
-- Every new leader gets a higher fence, and what an older one says is refused.

local now = time_now(ARGV[1])
local p = redis.call('HMGET', KEYS[1], 'leader', 'term', 'fence')
local fence = tonumber(p[3] or 0)
if p[1] ~= ARGV[2] then
  if tonumber(p[2] or 0) > now then
    return {'ok', '0'}
  end
  -- Named by the time, so that it is higher even after the store has lost the last one.
  fence = math.max(fence + 1, now)
end
redis.call('HSET', KEYS[1], 'leader', ARGV[2], 'term', string.format('%d', now + tonumber(ARGV[3])),
  'fence', string.format('%d', fence))
redis.call('PEXPIRE', KEYS[1], KEEP_MS)
return {'ok', string.format('%d', fence)}
