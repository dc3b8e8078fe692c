-- lead.lua: makes one replica the leader of an upstream for a term, or renews its term.
--
-- keys: pool
-- args: offset replica term_ms
--
-- pool     hash    usher:{shop}:pool                        leader, leader's term, fence
-- Returns  {"ok", fence}, or {"ok", "0"} while another leads
--
-- Why a fence: a leader that was stopped and goes on after its term does not know that it is late.
-- Every new leader gets a higher fence, and what an older one says is refused.

local now = time_now()
local p = redis.call('HMGET', pool, 'leader', 'term', 'fence')
local fence = tonumber(p[3] or 0)
if p[1] ~= replica then
  if tonumber(p[2] or 0) > now then
    return {'ok', '0'}
  end
  -- Named by the time, so that it is higher even after the store has lost the last one.
  fence = math.max(fence + 1, now)
end
redis.call('HSET', pool, 'leader', replica, 'term', string.format('%d', now + tonumber(term_ms)),
  'fence', string.format('%d', fence))
redis.call('PEXPIRE', pool, KEEP_MS)
return {'ok', string.format('%d', fence)}
