-- claim.lua: turns a called place into a session, once, if capacity allows.
--
-- KEYS[1]  hash    usher:{shop}:pool                        capacity, sessions, offers, kept,
--                                                           asking, claimed
-- KEYS[2]  hash    usher:{shop}:concert:state               called, offered
-- KEYS[3+] bitmap  joined, claimed, left, inside, in, waiting   of the number's chunk
-- KEYS[9]  zset    usher:{shop}:concert:asking:<e>:<l>
-- KEYS[10] zset    usher:{shop}:first                       who of all rooms was told "full" while
--                                                           a place was offered
-- KEYS[11] zset    usher:{shop}:turns                       who of all rooms asks, by number
-- KEYS[12] bitmap  usher:{shop}:concert:asks:<e>:<l>:<chunk>
-- KEYS[13] bitmap  there, of the number's chunk
-- ARGV     ..., epoch, session window, number, offer ms
-- Returns  {"ok" or "moved", view, what became of the claim}
--
-- Why a number is believed whether or not it is noted here: the caller has it from a signed ticket.
-- Why one script: sessions are compared with capacity and counted up in one step, whatever the
-- number of replicas. Why a second claim is answered like the first: its answer may have been lost.
-- Why nobody is told anything before the first merge after the queue has settled: it works out who is
-- inside, and until then who is would be told that the session is over.
-- Why a missed turn asks: who was away when called has no place kept free, takes the next one that
-- nobody was offered, and until then holds back the calling of new numbers.
-- Why who was told "full" while a place was offered asks too: places may be offered twice. Who came
-- and found none is not one of those who never come, so the place is no longer one of the offers,
-- of which fewer may be kept than there are. While there are such, all who ask come before all called
-- ones. Why by number: called together after an outage, whoever asks fastest would come in first.

local now = time_now(ARGV[1])
local view = view_of(KEYS[2], now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
if uncounted(view) then
  return {'ok', tell(view), 'held'}
end
if view.session_window ~= tonumber(ARGV[7]) then
  return {'moved', tell(view)}
end
local number = tonumber(ARGV[8])
local offset = number % CHUNK_BITS
local function seen_inside()
  set_bit(KEYS[7], number)
  keep_window(KEYS[7], view.session_window, SESSION_WINDOWS, tonumber(ARGV[3]), ARGV[1])
end

local current = view.epoch == ARGV[6]
if not (current and number <= view.issued or is_older(view, ARGV[6])) then
  return {'ok', tell(view), 'unknown'}
end
if has_bit(KEYS[4], number) then
  if has_bit(KEYS[5], number) or not has_bit(KEYS[6], number) then
    return {'ok', tell(view), 'over'}
  end
  seen_inside()
  return {'ok', tell(view), 'admitted'}
end
if has_bit(KEYS[5], number) then
  return {'ok', tell(view), 'over'}
end
if not current then
  return {'ok', tell(view), 'unknown'}
end
if number > view.called then
  return {'ok', tell(view), 'not_called'}
end
local s = redis.call('HMGET', KEYS[2], 'paused', 'offered' .. view.at, 'until', 'callable')
if s[1] == '1' then
  return {'ok', tell(view), 'paused'}
end

if view.admits > now then
  return {'ok', tell(view), 'held'}
end

local p = redis.call('HMGET', KEYS[1], 'capacity', 'until', 'sessions', 'offers', 'kept')
local capacity = tonumber(p[1] or 0)
if tonumber(p[2] or 0) <= now or s[3] ~= p[2] then
  -- Nobody has said a capacity lately, or not one that counts this room's sessions.
  capacity = 0
end
local offered = number > tonumber(s[2] or 0)
local asks = redis.call('ZSCORE', KEYS[9], ARGV[8])
local name = ARGV[8] .. '@' .. KEYS[9]
local nobody_first = redis.call('ZCARD', KEYS[10]) == 0
local taken = tonumber(p[3] or 0)
if asks or not offered then
  redis.call('ZADD', KEYS[11], ARGV[8], name)
  taken = taken + redis.call('ZRANK', KEYS[11], name)
  if nobody_first then
    -- What is kept for the called stays free. Those who ask after a missed turn compete with each
    -- other only: if each left free what is kept for the others, nobody would take a place.
    taken = taken + places_kept(p[4], p[5], 0)
  end
elseif not nobody_first then
  taken = taken + redis.call('ZCARD', KEYS[11])
end

local function offered_no_more()
  if offered and has_bit(s[4] and tonumber(s[4]) >= 0 and KEYS[13] or KEYS[8], number)
      and not has_bit(KEYS[12], number) then
    less(KEYS[1], 'offers', 1)
    less(KEYS[2], 'offers', 1)
    if tonumber(p[5] or 0) > 0 then
      less(KEYS[1], 'kept', 1)
    end
  end
end

if taken >= capacity then
  offered_no_more()
  set_bit(KEYS[12], number)
  redis.call('ZADD', KEYS[11], ARGV[8], name)
  redis.call('PEXPIRE', KEYS[11], KEEP_MS)
  if offered and not asks then
    local last = redis.call('ZRANGE', KEYS[10], -1, -1, 'WITHSCORES')
    redis.call('ZADD', KEYS[10], string.format('%d', tonumber(last[2] or 0) + 1), name)
    redis.call('PEXPIRE', KEYS[10], KEEP_MS)
  end
  if redis.call('ZADD', KEYS[9], string.format('%d', now + tonumber(ARGV[9])), ARGV[8]) == 1 then
    redis.call('HINCRBY', KEYS[1], 'asking', 1)
    redis.call('HINCRBY', KEYS[2], 'asking', 1)
  end
  redis.call('PEXPIRE', KEYS[9], KEEP_MS)
  redis.call('PEXPIRE', KEYS[1], KEEP_MS)
  return {'ok', tell(view), 'full'}
end

offered_no_more()
for _, key in ipairs({KEYS[8], KEYS[12], KEYS[13]}) do
  if has_bit(key, number) then
    redis.call('SETBIT', key, offset, 0)
  end
end
set_bit(KEYS[3], number)
set_bit(KEYS[4], number)
set_bit(KEYS[6], number)
seen_inside()
redis.call('HINCRBY', KEYS[1], 'sessions', 1)
redis.call('HINCRBY', KEYS[1], 'claimed', 1)
redis.call('HINCRBY', KEYS[2], 'inside' .. view.at, 1)
redis.call('PEXPIRE', KEYS[1], KEEP_MS)
if redis.call('ZREM', KEYS[9], ARGV[8]) == 1 then
  less(KEYS[1], 'asking', 1)
  less(KEYS[2], 'asking', 1)
end
redis.call('ZREM', KEYS[10], name)
redis.call('ZREM', KEYS[11], name)
local chunk = chunk_of(number)
if chunk < view.low then
  redis.call('HSET', KEYS[2], 'low' .. view.at, string.format('%d', chunk))
  view.low = chunk
end
return {'ok', tell(view), 'admitted'}
