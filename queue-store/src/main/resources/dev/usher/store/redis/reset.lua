-- reset.lua: starts the next epoch of one room's queue. Its line is gone, and tickets of it are worth
-- nothing; its sessions go on and count until they end.
--
-- KEYS[1]  hash    usher:{shop}:pool                        offers, asking, waiting
-- KEYS[2]  hash    usher:{shop}:concert:state
-- KEYS[3]  zset    usher:{shop}:concert:standby
-- ARGV     ...
-- Returns  {"ok", view} of the new epoch
--
-- Why one script: a number given between the end of the old epoch and the start of the new one
-- would belong to neither. Those first in line of the old epoch are forgotten at the next call.

local now = time_now(ARGV[1])
local view = view_of(KEYS[2], now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
local epoch = epoch_by_time(tonumber(view.epoch), now)
next_epoch(KEYS[1], KEYS[2], view, epoch)
redis.call('DEL', KEYS[3])
redis.call('HSET', KEYS[2], 'valid_from', epoch, 'standby', 0)
return {'ok', tell(view_of(KEYS[2], now))}
