-- stay.lua: what is known of a session whose pass has run out.
--
-- keys: state claimed left inside in_window
-- args: ... session_window number_text
--
-- state    hash    usher:{shop}:concert:state
-- claimed, left, inside, in_window   bitmaps   of the number's chunk
-- Returns  {"ok" or "moved", view, "counted", "left" or "lapsed"}
--
-- Why not a claim: after a loss the number of one who has been away may be noted nowhere, and a claim
-- would give it a place, before others who wait.
-- Why who left is known before anything else: a chunk in which nobody is left is in no line any more.
-- Why seen in the same step: the next count would end the session of one who was just told to go on.

local now = time_now()
local view = view_of(state, now)
local number = tonumber(number_text)

if view.epoch == '0' then
  return {'lost', tell(view)}
end
if has_bit(left, number) then
  return {'ok', tell(view), 'left'}
end
if uncounted(view) then
  return {'ok', tell(view), 'lapsed'}
end
if view.session_window ~= tonumber(session_window) then
  return {'moved', tell(view)}
end
if not (has_bit(claimed, number) and has_bit(inside, number)) then
  return {'ok', tell(view), 'lapsed'}
end
set_bit(in_window, number)
keep_window(in_window, view.session_window, SESSION_WINDOWS, session_ms)
return {'ok', tell(view), 'counted'}
