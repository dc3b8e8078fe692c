-- move.lua: takes a place along to another browser of its visitor, whose ticket is of the next generation.
--
-- keys: state claimed left moved moves
-- args: offset epoch number_text generation by
--
-- state    hash    usher:{shop}:concert:state               epoch, settles, server
-- claimed, left    bitmaps of the number's chunk
-- moved    hash    usher:{shop}:concert:moved:<e>:<l>       number -> "generation by"; count -> all moves
-- moves    zset    usher:{shop}:concert:moves:<e>:<l>       number, by which move it was * MOVES_SCALE + generation
-- by               names the browser that asks, or ""
-- Returns  {"ok", what became of it}; or {"lost"} when nothing is known of the room, or while not all is
--
-- Why one script: of two browsers that were shown the same link, one has the place.
-- Why the generation only has to be later: the link is signed, so its ticket was given. A store that has
-- lost its moves must not refuse the next one.
-- Why who asks is noted: the answer may be lost, and by then the other browser has given up the place.

-- Why nobody moves while the queue settles: who has come in or left, and of which epoch the line is, may
-- be among what replicas are still to bring back.

local now = time_now()
local s = redis.call('HMGET', state, 'epoch', 'settles', 'server')
local current = s[1]
if not current or tonumber(s[2] or 0) > now or (s[3] or '') ~= server_life() then
  return {'lost'}
end
if current ~= epoch then
  return {'ok', 'over'}
end
local number = tonumber(number_text)
local was, who = string.match(redis.call('HGET', moved, number_text) or '0 ', '^(%d+) (.*)$')
if was == generation then
  return {'ok', by ~= '' and who == by and 'moved' or 'used'}
end
if has_bit(left, number) then
  return {'ok', 'over'}
end
if has_bit(claimed, number) then
  return {'ok', 'inside'}
end
if tonumber(was) > tonumber(generation) then
  return {'ok', 'used'}
end
if was == '0' and redis.call('ZCARD', moves) >= MOVED_MAX then
  return {'ok', 'full'}
end
local count = redis.call('HINCRBY', moved, 'count', 1)
redis.call('HSET', moved, number_text, generation .. ' ' .. by)
redis.call('ZADD', moves, string.format('%d', count * MOVES_SCALE + tonumber(generation)), number_text)
redis.call('PEXPIRE', moved, KEEP_MS)
redis.call('PEXPIRE', moves, KEEP_MS)
return {'ok', 'moved'}
