-- stay.lua: what is known of a session whose pass has run out.
--
-- KEYS[1]  hash    usher:{shop}:concert:state
-- KEYS[2+] bitmap  claimed, left, inside, in   of the number's chunk
-- ARGV     ..., session window, number
-- Returns  {"ok" or "moved", view, "counted", "left" or "lapsed"}
--
-- Why not a claim: after a loss the number of one who has been away may be noted nowhere, and a claim
-- would give it a place, before others who wait.
-- Why who left is known before anything else: a chunk in which nobody is left is in no line any more.
-- Why seen in the same step: the next count would end the session of one who was just told to go on.

local now = time_now(ARGV[1])
local view = view_of(KEYS[1], now)
local number = tonumber(ARGV[7])

if view.epoch == '0' then
  return {'lost', tell(view)}
end
if has_bit(KEYS[3], number) then
  return {'ok', tell(view), 'left'}
end
if uncounted(view) then
  return {'ok', tell(view), 'lapsed'}
end
if view.session_window ~= tonumber(ARGV[6]) then
  return {'moved', tell(view)}
end
if not (has_bit(KEYS[2], number) and has_bit(KEYS[4], number)) then
  return {'ok', tell(view), 'lapsed'}
end
set_bit(KEYS[5], number)
keep_window(KEYS[5], view.session_window, SESSION_WINDOWS, tonumber(ARGV[3]), ARGV[1])
return {'ok', tell(view), 'counted'}
