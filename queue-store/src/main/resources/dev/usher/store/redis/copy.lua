-- copy.lua: reads whose places were claimed and who is inside, for the day that the store loses it.
--
-- keys: state | bitmap
-- args: ... epoch low high
--
-- state    hash    usher:{shop}:concert:state
-- bitmap   bitmap  claimed of each chunk, then inside of each chunk
-- low, high        the lowest and the highest chunk
-- Returns  {"ok" or "moved", view, the bits of each bitmap}; bits may be nil for none

local now = time_now()
local view = view_of(state, now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
if view.epoch ~= epoch
    or view.low ~= tonumber(low)
    or chunk_of(view.issued) ~= tonumber(high) then
  return {'moved', tell(view)}
end
local answer = {'ok', tell(view)}
for i = KEYS_FROM, #KEYS do
  answer[#answer + 1] = redis.call('GET', KEYS[i])
end
return answer
