-- line.lua: what a replica needs to know of one room's queue until it asks again.
--
-- keys: pool state moved moves | bitmap
-- args: ... epoch low high older
--
-- pool     hash    usher:{shop}:pool
-- state    hash    usher:{shop}:concert:state
-- moved    hash    usher:{shop}:concert:moved:<e>:<l>       count
-- moves    zset    usher:{shop}:concert:moves:<e>:<l>
-- bitmap   bitmap  waiting of each chunk, then left of each chunk, then left of each older epoch's
-- low, high        the lowest and the highest chunk
-- older            epochs that are over, as the view has them
-- Returns  {"ok" or "moved", view, offered, paused, waiting, inside, sessions, capacity, time,
--          up to which of the called numbers asking is worth while or 0 for all, asking, since when the
--          visitors are cut off or 0, numbers called by then, how often places were moved, then the bits of each bitmap}; bits may be nil for none;
--          or {"none", view, time} when nothing is known of the room
--
-- Why one script: called, issued and the bits must be of one moment, or a position would jump.

local now = time_now()
local view = view_of(state, now)
if view.epoch == '0' then
  return {'none', tell(view), string.format('%d', now)}
end
if view.epoch ~= epoch
    or view.low ~= tonumber(low)
    or chunk_of(view.issued) ~= tonumber(high)
    or view.older ~= older then
  return {'moved', tell(view)}
end
redis.call('HSET', state, 'asked', string.format('%d', now))
local s = redis.call('HMGET', state, 'offered' .. view.at, 'paused', 'waiting', 'inside' .. view.at,
  'asking', 'out' .. view.at, 'outcalled' .. view.at, 'open')
local moves_made = redis.call('HGET', moved, 'count') or '0'
if moves_made ~= '0' then
  -- A line may last longer than a day in which nobody moves.
  redis.call('PEXPIRE', moved, KEEP_MS)
  redis.call('PEXPIRE', moves, KEEP_MS)
end
local p = redis.call('HMGET', pool, 'sessions', 'capacity', 'until', 'open')
local capacity = p[2] or '0'
if tonumber(p[3] or 0) <= now then
  capacity = '0'
end
-- Also whom a replica let in without asking, each in an epoch of its replica's own.
local inside = tonumber(s[4] or 0)
for old in string.gmatch(view.older, '(%d+)/%d+/%d+') do
  inside = inside + tonumber(redis.call('HGET', state, 'inside:' .. old .. ':' .. lane) or 0)
end
-- The room may have a limit of its own.
local open, room_open = tonumber(p[4] or 0), tonumber(s[8] or 0)
if open == 0 or room_open > 0 and room_open < open then
  open = room_open
end
local answer = {'ok', tell(view), s[1] or '0', s[2] or '0', s[3] or '0',
  string.format('%d', inside),
  p[1] or '0', capacity, string.format('%d', now), string.format('%d', open), s[5] or '0', s[6] or '0', s[7] or '0',
  moves_made}
for i = KEYS_FROM, #KEYS do
  answer[#answer + 1] = redis.call('GET', KEYS[i])
end
return answer
