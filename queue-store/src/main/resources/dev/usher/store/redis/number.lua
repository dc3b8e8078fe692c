-- number.lua: gives the next numbers to those who stand by, in their order, a block at a time.
--
-- keys: pool state standby enlisted joined joined_next wait wait_next waiting waiting_next
-- args: ... epoch presence_window chunk_seen count greatest fence
--
-- pool     hash    usher:{shop}:pool                        waiting
-- state    hash    usher:{shop}:concert:state               issued, collects
-- standby  zset    usher:{shop}:concert:standby
-- enlisted hash    usher:{shop}:concert:enlisted:<e>:<l>
-- joined, wait, waiting   bitmaps   each for the chunk of the next number and the next one
-- Returns  {"ok" or "moved", view, 1 when some still stand by and may have numbers now}
--
-- Why they count as seen now: their next poll, which learns the number, may be a while away.

local now = time_now()
local view = view_of(state, now)
if redis.call('HGET', pool, 'fence') ~= fence then
  return {'ok', tell(view), '0'}
end
if view.settling then
  return {view.epoch == '0' and 'lost' or 'ok', tell(view), '0'}
end
local chunk = chunk_of(view.issued + 1)
if view.epoch ~= epoch or view.presence_window ~= tonumber(presence_window) or chunk ~= tonumber(chunk_seen) then
  return {'moved', tell(view)}
end
if tonumber(redis.call('HGET', state, 'collects') or 0) > now then
  return {'ok', tell(view), '0'}
end
local numbers = math.min(tonumber(count), numbers_left(view, tonumber(greatest)))
local next_ones = numbers > 0 and redis.call('ZPOPMIN', standby, numbers) or {}
local given = #next_ones / 2
if given > 0 then
  local first = view.issued + 1
  local last = view.issued + given
  for i = 1, given do
    redis.call('HSET', enlisted, next_ones[2 * i - 1], string.format('%d', view.issued + i))
  end
  set_numbers(joined, joined_next, chunk, first, last)
  set_numbers(wait, wait_next, chunk, first, last)
  set_numbers(waiting, waiting_next, chunk, first, last)
  keep_window(wait, view.presence_window, PRESENCE_WINDOWS, presence_ms)
  keep_window(wait_next, view.presence_window, PRESENCE_WINDOWS, presence_ms)
  redis.call('HINCRBY', state, 'waiting', given)
  view.issued = last
  redis.call('HSET', state, 'issued' .. view.at, string.format('%d', last))
  redis.call('PEXPIRE', enlisted, KEEP_MS)
end
if redis.call('EXISTS', standby) == 0 then
  view.standby = 0
  redis.call('HSET', state, 'standby', 0)
end
return {'ok', tell(view), view.standby > 0 and given > 0 and '1' or '0'}
