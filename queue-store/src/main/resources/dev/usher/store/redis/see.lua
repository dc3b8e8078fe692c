-- see.lua: notes the visitors that a replica saw since it last said so, waiting and in session.
--
-- KEYS[1]  hash    usher:{shop}:concert:state
-- KEYS[2]  string  usher:{shop}:concert:scratch
-- KEYS[3+] bitmap  wait or in, of the current window, one for each chunk that has news
-- ARGV     offset, presence ms, session ms, lane, epoch, presence window, session window, how many
--          of the chunks are of those who wait (they come first), then the bits of each chunk
-- Returns  {"ok" or "moved", view}
--
-- Why OR, and one bitmap for all replicas: the bits are added to what is there, so a lost answer may
-- be sent again, replicas need not know of each other, and memory does not grow with their number.
-- Why the window is the store's: bits seen at the end of a window and told in the next count a
-- little longer, never shorter.

local now = time_now(ARGV[1])
local presence_ms = tonumber(ARGV[2])
local session_ms = tonumber(ARGV[3])
local view = view_of(KEYS[1], ARGV[4], now, presence_ms, session_ms)
if view.presence_window ~= tonumber(ARGV[6]) or view.session_window ~= tonumber(ARGV[7]) then
  return {'moved', tell(view)}
end
if view.epoch ~= ARGV[5] and not is_older(view, ARGV[5]) then
  -- Of an epoch whose last session is over: nobody to keep.
  return {'ok', tell(view)}
end

local waiting = tonumber(ARGV[8])
for i = 3, #KEYS do
  local key = KEYS[i]
  redis.call('SET', KEYS[2], ARGV[i + 6])
  redis.call('BITOP', 'OR', key, key, KEYS[2])
  if i - 2 <= waiting then
    keep_window(key, view.presence_window, PRESENCE_WINDOWS, presence_ms, ARGV[1])
  else
    keep_window(key, view.session_window, SESSION_WINDOWS, session_ms, ARGV[1])
  end
end
redis.call('DEL', KEYS[2])
return {'ok', tell(view)}
