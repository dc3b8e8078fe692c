-- pause.lua: stops or resumes the admissions of one room. Whoever is inside stays.
--
-- keys: state
-- args: ... paused
--
-- state    hash    usher:{shop}:concert:state
-- paused           1 or 0
-- Returns  {"ok", view}

local now = time_now()
local view = view_of(state, now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
redis.call('HSET', state, 'paused', paused)
redis.call('PEXPIRE', state, KEEP_MS)
return {'ok', tell(view)}
