-- claim.lua: turns a called place into a session, once, if capacity allows.
--
-- keys: pool state joined claimed left inside in_window waiting asking firsts turns asks there
-- args: ... epoch session_window number_text offer_ms
--
-- pool     hash    usher:{shop}:pool                        capacity, sessions, offers, kept,
--                                                           asking, claimed
-- state    hash    usher:{shop}:concert:state               called, offered, most, open
-- joined, claimed, left, inside, in_window, waiting, there   bitmaps   of the number's chunk
-- asking   zset    usher:{shop}:concert:asking:<e>:<l>
-- firsts   zset    usher:{shop}:first                       who of all rooms was told "full" while
--                                                           a place was offered
-- turns    zset    usher:{shop}:turns                       who of all rooms asks, by number
-- asks     bitmap  usher:{shop}:concert:asks:<e>:<l>:<chunk>
-- Returns  {"ok" or "moved", view, what became of the claim}
--
-- Why a number is believed whether or not it is noted here: the caller has it from a signed ticket.
-- Why one script: sessions are compared with capacity and counted up in one step, whatever the
-- number of replicas. Why a second claim is told that its visitor is inside: the answer to the first may
-- have been lost, but a session does not begin anew.
-- Why nobody is told anything before the first merge after the queue has settled: it works out who is
-- inside, and until then who is would be told that the session is over.
-- Why a missed turn asks: who was away when called has no place kept free, takes the next one that
-- nobody was offered, and until then holds back the calling of new numbers.
-- Why who was told "full" while a place was offered asks too: places may be offered twice. Who came
-- and found none is not one of those who never come, so the place is no longer one of the offers,
-- of which fewer may be kept than there are. While there are such, all who ask come before all called
-- ones. Why by number: called together after an outage, whoever asks fastest would come in first.
-- Why whom the limit of the room keeps out asks only there: no place of another room's would let them in.
-- Nor was any counted or kept for them among the places of all rooms, so none is taken away there.

local now = time_now()
local view = view_of(state, now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
if uncounted(view) then
  return {'ok', tell(view), 'held'}
end
if view.session_window ~= tonumber(session_window) then
  return {'moved', tell(view)}
end
local number = tonumber(number_text)
local bit_at = number % CHUNK_BITS
local function seen_inside()
  set_bit(in_window, number)
  keep_window(in_window, view.session_window, SESSION_WINDOWS, session_ms)
end

local current = view.epoch == epoch
if not (current and number <= view.issued or is_older(view, epoch)) then
  return {'ok', tell(view), 'unknown'}
end
if has_bit(claimed, number) then
  if has_bit(left, number) or not has_bit(inside, number) then
    return {'ok', tell(view), 'over'}
  end
  seen_inside()
  return {'ok', tell(view), 'inside'}
end
if has_bit(left, number) then
  return {'ok', tell(view), 'over'}
end
if not current then
  return {'ok', tell(view), 'unknown'}
end
if number > view.called then
  return {'ok', tell(view), 'not_called'}
end
local s = redis.call('HMGET', state, 'paused', 'offered' .. view.at, 'until', 'callable', 'gathers',
  'opens')
if s[1] == '1' or gathers(s[5], s[6], now) then
  return {'ok', tell(view), 'paused'}
end

if view.admits > now then
  return {'ok', tell(view), 'held'}
end

local p = redis.call('HMGET', pool, 'capacity', 'until', 'sessions', 'offers', 'kept')
local capacity = tonumber(p[1] or 0)
if tonumber(p[2] or 0) <= now or s[3] ~= p[2] then
  -- Nobody has said a capacity lately, or not one that counts this room's sessions.
  capacity = 0
end
local offered = number > tonumber(s[2] or 0)
local asked = redis.call('ZSCORE', asking, number_text)
local name = number_text .. '@' .. asking
local kept_out = is_kept_out(state, view, number)
local counted = counts_here(state, number)
local nobody_first = redis.call('ZCARD', firsts) == 0
local taken = tonumber(p[3] or 0)
if kept_out then
  redis.call('ZREM', firsts, name)
  redis.call('ZREM', turns, name)
elseif asked or not offered then
  redis.call('ZADD', turns, number_text, name)
  taken = taken + redis.call('ZRANK', turns, name)
  if nobody_first then
    -- What is kept for the called stays free. Those who ask after a missed turn compete with each
    -- other only: if each left free what is kept for the others, nobody would take a place.
    taken = taken + places_kept(p[4], p[5], 0)
  end
elseif not nobody_first then
  taken = taken + redis.call('ZCARD', turns)
end

local function offered_no_more()
  if offered and has_bit(s[4] and tonumber(s[4]) >= 0 and there or waiting, number)
      and not has_bit(asks, number) then
    less(state, 'offers', 1)
    if counted then
      less(pool, 'offers', 1)
      if tonumber(p[5] or 0) > 0 then
        less(pool, 'kept', 1)
      end
    end
  end
end

if kept_out or taken >= capacity then
  offered_no_more()
  set_bit(asks, number)
  if not kept_out then
    redis.call('ZADD', turns, number_text, name)
    redis.call('PEXPIRE', turns, KEEP_MS)
  end
  if offered and not asked and not kept_out then
    local last = redis.call('ZRANGE', firsts, -1, -1, 'WITHSCORES')
    redis.call('ZADD', firsts, string.format('%d', tonumber(last[2] or 0) + 1), name)
    redis.call('PEXPIRE', firsts, KEEP_MS)
  end
  if redis.call('ZADD', asking, string.format('%d', now + tonumber(offer_ms)), number_text) == 1 then
    redis.call('HINCRBY', pool, 'asking', counted and 1 or 0)
    redis.call('HINCRBY', state, 'asking', 1)
  end
  redis.call('PEXPIRE', asking, KEEP_MS)
  redis.call('PEXPIRE', pool, KEEP_MS)
  return {'ok', tell(view), 'full'}
end

offered_no_more()
for _, key in ipairs({waiting, asks, there}) do
  if has_bit(key, number) then
    redis.call('SETBIT', key, bit_at, 0)
  end
end
set_bit(joined, number)
set_bit(claimed, number)
set_bit(inside, number)
seen_inside()
redis.call('HINCRBY', pool, 'sessions', 1)
redis.call('HINCRBY', pool, 'claimed', 1)
redis.call('HINCRBY', state, 'inside' .. view.at, 1)
redis.call('PEXPIRE', pool, KEEP_MS)
if redis.call('ZREM', asking, number_text) == 1 then
  less(pool, 'asking', counted and 1 or 0)
  less(state, 'asking', 1)
end
redis.call('ZREM', firsts, name)
redis.call('ZREM', turns, name)
local chunk = chunk_of(number)
if chunk < view.low then
  redis.call('HSET', state, 'low' .. view.at, string.format('%d', chunk))
  view.low = chunk
end
return {'ok', tell(view), 'admitted'}
