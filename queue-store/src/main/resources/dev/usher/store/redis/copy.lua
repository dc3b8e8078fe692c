-- copy.lua: reads whose places were claimed and who is inside, for the day that the store loses it.
--
-- KEYS[1]  hash    usher:{shop}:concert:state
-- KEYS[2+] bitmap  claimed of each chunk, then inside of each chunk
-- ARGV     ..., epoch, lowest chunk, highest chunk
-- Returns  {"ok" or "moved", view, the bits of each bitmap}; bits may be nil for none

local now = time_now(ARGV[1])
local view = view_of(KEYS[1], now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
if view.epoch ~= ARGV[6]
    or view.low ~= tonumber(ARGV[7])
    or chunk_of(view.issued) ~= tonumber(ARGV[8]) then
  return {'moved', tell(view)}
end
local answer = {'ok', tell(view)}
for i = 2, #KEYS do
  answer[#answer + 1] = redis.call('GET', KEYS[i])
end
return answer
