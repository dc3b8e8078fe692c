-- moves.lua: tells a replica which places were taken along to another browser since it last asked.
--
-- keys: moved moves
-- args: offset known
--
-- moved    hash    usher:{shop}:concert:moved:<e>:<l>       count
-- moves    zset    usher:{shop}:concert:moves:<e>:<l>       number, by which move it was * MOVES_SCALE + generation
-- known            how many moves the replica knows; if that is more than there were, all are told
-- Returns  {"ok", how many it knows with these, then for each place: number, generation}

time_now()
local count = tonumber(redis.call('HGET', moved, 'count') or 0)
local after = tonumber(known) > count and 0 or tonumber(known)
local news = redis.call('ZRANGEBYSCORE', moves, string.format('%d', (after + 1) * MOVES_SCALE), '+inf',
  'WITHSCORES', 'LIMIT', 0, MOVES_TOLD_MAX)
local answer = {'ok', string.format('%d', count)}
for i = 1, #news, 2 do
  local score = tonumber(news[i + 1])
  answer[#answer + 1] = news[i]
  answer[#answer + 1] = string.format('%d', score % MOVES_SCALE)
  if i + 1 == 2 * MOVES_TOLD_MAX then
    answer[2] = string.format('%d', math.floor(score / MOVES_SCALE))
  end
end
return answer
