-- roll.lua: starts the next epoch of a queue that has given many numbers, when nobody would notice.
--
-- keys: pool state
-- args: ... epoch roll_after
--
-- pool     hash    usher:{shop}:pool
-- state    hash    usher:{shop}:concert:state               waiting, offers, asking
-- Returns  {"ok", view}, of the next epoch if it was started
--
-- Why at all: numbers end, and the longer an epoch, the more chunks each step looks at.
-- Why only then: nobody who is there has a number to lose. Who is away and comes back gets another one,
-- first in line; sessions go on and count until they end.

local now = time_now()
local view = view_of(state, now)
if view.settling
    or view.epoch ~= epoch
    or view.issued < tonumber(roll_after)
    or view.admits > now then
  return {'ok', tell(view)}
end
local s = redis.call('HMGET', state, 'waiting', 'offers', 'asking', 'unseen' .. view.at)
if tonumber(s[1] or 0) + tonumber(s[2] or 0) + tonumber(s[3] or 0) > 0 or s[4] then
  return {'ok', tell(view)}
end
next_epoch(pool, state, view, epoch_by_time(tonumber(view.epoch), now))
return {'ok', tell(view_of(state, now))}
