-- reset.lua: starts the next epoch of one room's queue. Its line is gone; its sessions go on and
-- count until they end.
--
-- KEYS[1]  hash    usher:{shop}:pool                        offers, asking, waiting
-- KEYS[2]  hash    usher:{shop}:concert:state
-- ARGV     offset, presence ms, session ms, lane
-- Returns  {"ok", view} of the new epoch
--
-- Why one script: a number given between the end of the old epoch and the start of the new one
-- would belong to neither. Those first in line of the old epoch are forgotten at the next call.

local now = time_now(ARGV[1])
local view = view_of(KEYS[2], ARGV[4], now, tonumber(ARGV[2]), tonumber(ARGV[3]))
local next_epoch = string.format('%d', math.max(tonumber(view.epoch) + 1, math.floor(now / 1000)))
local s = redis.call('HMGET', KEYS[2], 'waiting', 'offers', 'asking')
redis.call('HINCRBY', KEYS[1], 'waiting', 0 - tonumber(s[1] or 0))
redis.call('HINCRBY', KEYS[1], 'offers', 0 - tonumber(s[2] or 0))
redis.call('HINCRBY', KEYS[1], 'asking', 0 - tonumber(s[3] or 0))
local older = view.epoch .. '/' .. view.low .. '/' .. chunk_of(view.issued)
if view.older ~= '' then
  older = view.older .. ' ' .. older
end
redis.call('HSET', KEYS[2], 'epoch', next_epoch, 'older', older, 'waiting', 0, 'offers', 0,
  'asking', 0, 'merged', 0, 'turn', 0)
redis.call('PEXPIRE', KEYS[1], KEEP_MS)
redis.call('PEXPIRE', KEYS[2], KEEP_MS)
return {'ok', tell(view_of(KEYS[2], ARGV[4], now, tonumber(ARGV[2]), tonumber(ARGV[3])))}
