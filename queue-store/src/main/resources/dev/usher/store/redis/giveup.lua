-- giveup.lua: gives up the slots of a replica that leaves, but those of its last requests in flight.
--
-- keys: slots
-- args: offset replica sequence quarantine_ms held
--
-- slots    hash    usher:{shop}:slots                       see share.lua
-- Returns  {"ok"}

redis.call('HDEL', slots, 'r:' .. replica, 'g:' .. replica)
if held ~= '' then
  redis.call('HSET', slots, 'r:' .. replica, string.format('%d', time_now()) .. '|'
    .. sequence .. '|' .. quarantine_ms .. '|-1|' .. held .. '|')
  redis.call('PEXPIRE', slots, KEEP_MS)
end
return {'ok'}
