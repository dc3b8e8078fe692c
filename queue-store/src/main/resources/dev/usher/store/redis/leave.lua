-- leave.lua: gives up a place in the line, or ends a session, at once.
--
-- KEYS[1]  hash    usher:{shop}:pool                        sessions, offers, asking, waiting
-- KEYS[2]  hash    usher:{shop}:concert:state               called, offered
-- KEYS[3+] bitmap  joined, claimed, left, inside, waiting   of the number's chunk
-- KEYS[8]  zset    usher:{shop}:concert:asking:<e>:<l>
-- KEYS[9]  zset    usher:{shop}:first
-- KEYS[10] zset    usher:{shop}:turns
-- KEYS[11] bitmap  usher:{shop}:concert:asks:<e>:<l>:<chunk>
-- KEYS[12] bitmap  there, of the number's chunk
-- ARGV     ..., epoch, number
-- Returns  {"ok", view}
--
-- Why one script: the freed place must be counted once, however often the visitor says goodbye.

local now = time_now(ARGV[1])
local view = view_of(KEYS[2], now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
local number = tonumber(ARGV[7])
local offset = number % CHUNK_BITS

local current = view.epoch == ARGV[6]
if not (current and number <= view.issued or is_older(view, ARGV[6])) then
  return {'ok', tell(view)}
end
set_bit(KEYS[3], number)
if set_bit(KEYS[5], number) == 1 then
  return {'ok', tell(view)}
end
local at = ':' .. ARGV[6] .. ':' .. ARGV[4]
if has_bit(KEYS[4], number) then
  if has_bit(KEYS[6], number) then
    redis.call('SETBIT', KEYS[6], offset, 0)
    less(KEYS[1], 'sessions', 1)
    less(KEYS[2], 'inside' .. at, 1)
  end
elseif redis.call('ZREM', KEYS[8], ARGV[7]) == 1 then
  redis.call('ZREM', KEYS[9], ARGV[7] .. '@' .. KEYS[8])
  redis.call('ZREM', KEYS[10], ARGV[7] .. '@' .. KEYS[8])
  if has_bit(KEYS[11], number) then
    redis.call('SETBIT', KEYS[11], offset, 0)
  end
  if has_bit(KEYS[7], number) then
    redis.call('SETBIT', KEYS[7], offset, 0)
  end
  -- Those of an epoch that is over are counted no more.
  if current then
    less(KEYS[1], 'asking', 1)
    less(KEYS[2], 'asking', 1)
  end
elseif current and has_bit(KEYS[7], number) then
  local s = redis.call('HMGET', KEYS[2], 'offered' .. at, 'callable')
  local offered = tonumber(s[1] or 0)
  local is_there = tonumber(s[2] or -1) < 0 or has_bit(KEYS[12], number)
  redis.call('SETBIT', KEYS[7], offset, 0)
  if has_bit(KEYS[12], number) then
    redis.call('SETBIT', KEYS[12], offset, 0)
  end
  if number > view.called then
    less(KEYS[1], 'waiting', 1)
    less(KEYS[2], 'waiting', 1)
  elseif number > offered and is_there then
    less(KEYS[1], 'offers', 1)
    less(KEYS[2], 'offers', 1)
  end
end
redis.call('PEXPIRE', KEYS[1], KEEP_MS)
return {'ok', tell(view)}
