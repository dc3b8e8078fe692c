-- reset.lua: starts the next epoch of one room's queue. Its line is gone, and tickets of it are worth
-- nothing; its sessions go on and count until they end.
--
-- keys: pool state standby
-- args: ...
--
-- pool     hash    usher:{shop}:pool                        offers, asking, waiting
-- state    hash    usher:{shop}:concert:state
-- standby  zset    usher:{shop}:concert:standby
-- Returns  {"ok", view} of the new epoch
--
-- Why one script: a number given between the end of the old epoch and the start of the new one
-- would belong to neither. Those first in line of the old epoch are forgotten at the next call.

local now = time_now()
local view = view_of(state, now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
local epoch = epoch_by_time(tonumber(view.epoch), now)
next_epoch(pool, state, view, epoch)
redis.call('DEL', standby)
redis.call('HSET', state, 'valid_from', epoch, 'standby', 0)
return {'ok', tell(view_of(state, now))}
