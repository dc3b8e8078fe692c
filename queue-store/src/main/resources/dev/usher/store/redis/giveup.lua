-- giveup.lua: gives up the slots of a replica that leaves, but those of its last requests in flight.
--
-- KEYS[1]  hash    usher:{shop}:slots                       see share.lua
-- ARGV     offset, replica, sequence, quarantine ms, held
-- Returns  {"ok"}

redis.call('HDEL', KEYS[1], 'r:' .. ARGV[2], 'g:' .. ARGV[2])
if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[1], 'r:' .. ARGV[2], string.format('%d', time_now(ARGV[1])) .. '|'
    .. ARGV[3] .. '|' .. ARGV[4] .. '|-1|' .. ARGV[5] .. '|')
  redis.call('PEXPIRE', KEYS[1], KEEP_MS)
end
return {'ok'}
