-- pause.lua: stops or resumes the admissions of one room. Whoever is inside stays.
--
-- KEYS[1]  hash    usher:{shop}:concert:state
-- ARGV     ..., 1 or 0
-- Returns  {"ok", view}

local now = time_now(ARGV[1])
local view = view_of(KEYS[1], now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
redis.call('HSET', KEYS[1], 'paused', ARGV[6])
redis.call('PEXPIRE', KEYS[1], KEEP_MS)
return {'ok', tell(view)}
