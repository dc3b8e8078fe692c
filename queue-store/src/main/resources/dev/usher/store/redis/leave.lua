-- leave.lua: gives up a place in the line, or ends a session, at once.
--
-- keys: pool state joined claimed left inside waiting asking firsts turns asks there
-- args: ... epoch number_text
--
-- pool     hash    usher:{shop}:pool                        sessions, offers, asking, waiting
-- state    hash    usher:{shop}:concert:state               called, offered
-- joined, claimed, left, inside, waiting, there   bitmaps   of the number's chunk
-- asking   zset    usher:{shop}:concert:asking:<e>:<l>
-- firsts   zset    usher:{shop}:first
-- turns    zset    usher:{shop}:turns
-- asks     bitmap  usher:{shop}:concert:asks:<e>:<l>:<chunk>
-- Returns  {"ok", view, 1 if this gave something up or 0}
--
-- Why one script: the freed place must be counted once, however often the visitor says goodbye.

local now = time_now()
local view = view_of(state, now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
local number = tonumber(number_text)
local bit_at = number % CHUNK_BITS

local current = view.epoch == epoch
if not (current and number <= view.issued or is_older(view, epoch)) then
  return {'ok', tell(view), '0'}
end
set_bit(joined, number)
if set_bit(left, number) == 1 then
  return {'ok', tell(view), '0'}
end
local at = ':' .. epoch .. ':' .. lane
local over = has_bit(claimed, number) and not has_bit(inside, number)
if has_bit(claimed, number) then
  if not over then
    redis.call('SETBIT', inside, bit_at, 0)
    less(pool, 'sessions', 1)
    less(state, 'inside' .. at, 1)
  end
elseif redis.call('ZREM', asking, number_text) == 1 then
  redis.call('ZREM', firsts, number_text .. '@' .. asking)
  redis.call('ZREM', turns, number_text .. '@' .. asking)
  if has_bit(asks, number) then
    redis.call('SETBIT', asks, bit_at, 0)
  end
  if has_bit(waiting, number) then
    redis.call('SETBIT', waiting, bit_at, 0)
  end
  -- Those of an epoch that is over are counted no more.
  if current then
    less(pool, 'asking', counts_here(state, number) and 1 or 0)
    less(state, 'asking', 1)
  end
elseif current and has_bit(waiting, number) then
  local s = redis.call('HMGET', state, 'offered' .. at, 'callable')
  local offered = tonumber(s[1] or 0)
  local is_there = tonumber(s[2] or -1) < 0 or has_bit(there, number)
  redis.call('SETBIT', waiting, bit_at, 0)
  if has_bit(there, number) then
    redis.call('SETBIT', there, bit_at, 0)
  end
  if number > view.called then
    less(state, 'waiting', 1)
    if tonumber(redis.call('HGET', state, 'hungry') or 0) > 0 then
      less(state, 'hungry', 1)
      less(pool, 'waiting', 1)
    end
  elseif number > offered and is_there then
    less(pool, 'offers', counts_here(state, number) and 1 or 0)
    less(state, 'offers', 1)
  end
end
redis.call('PEXPIRE', pool, KEEP_MS)
return {'ok', tell(view), over and '0' or '1'}
