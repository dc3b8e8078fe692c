-- number.lua: gives the next numbers to those who stand by, in their order, a block at a time.
--
-- KEYS[1]  hash    usher:{shop}:pool                        waiting
-- KEYS[2]  hash    usher:{shop}:concert:state               issued, collects
-- KEYS[3]  zset    usher:{shop}:concert:standby
-- KEYS[4]  hash    usher:{shop}:concert:enlisted:<e>:<l>
-- KEYS[5+] bitmap  joined, wait, waiting   each for the chunk of the next number and the next one
-- ARGV     ..., epoch, presence window, chunk, count, greatest number, fence
-- Returns  {"ok" or "moved", view, 1 when some still stand by and may have numbers now}
--
-- Why they count as seen now: their next poll, which learns the number, may be a while away.

local now = time_now(ARGV[1])
local view = view_of(KEYS[2], now)
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[11] then
  return {'ok', tell(view), '0'}
end
if view.settling then
  return {view.epoch == '0' and 'lost' or 'ok', tell(view), '0'}
end
local chunk = chunk_of(view.issued + 1)
if view.epoch ~= ARGV[6] or view.presence_window ~= tonumber(ARGV[7]) or chunk ~= tonumber(ARGV[8]) then
  return {'moved', tell(view)}
end
if tonumber(redis.call('HGET', KEYS[2], 'collects') or 0) > now then
  return {'ok', tell(view), '0'}
end
local numbers = math.min(tonumber(ARGV[9]), numbers_left(view, tonumber(ARGV[10])))
local next_ones = numbers > 0 and redis.call('ZPOPMIN', KEYS[3], numbers) or {}
local given = #next_ones / 2
if given > 0 then
  local first = view.issued + 1
  local last = view.issued + given
  for i = 1, given do
    redis.call('HSET', KEYS[4], next_ones[2 * i - 1], string.format('%d', view.issued + i))
  end
  for key = 5, 9, 2 do
    set_numbers(KEYS[key], KEYS[key + 1], chunk, first, last)
  end
  for key = 7, 8 do
    keep_window(KEYS[key], view.presence_window, PRESENCE_WINDOWS, tonumber(ARGV[2]), ARGV[1])
  end
  redis.call('HINCRBY', KEYS[1], 'waiting', given)
  redis.call('HINCRBY', KEYS[2], 'waiting', given)
  view.issued = last
  redis.call('HSET', KEYS[2], 'issued' .. view.at, string.format('%d', last))
  redis.call('PEXPIRE', KEYS[4], KEEP_MS)
end
if redis.call('EXISTS', KEYS[3]) == 0 then
  view.standby = 0
  redis.call('HSET', KEYS[2], 'standby', 0)
end
return {'ok', tell(view), view.standby > 0 and given > 0 and '1' or '0'}
