-- see.lua: notes the visitors that a replica saw since it last said so, waiting and in session.
--
-- KEYS[1]  hash    usher:{shop}:concert:state
-- KEYS[2]  string  usher:{shop}:concert:scratch
-- KEYS[3+] bitmap  for each chunk that has news of those who wait: wait of the current window, joined;
--                  then of those in session: in of the current window, joined, claimed
-- KEYS[last] hash  usher:{shop}:pool                        at_once
-- ARGV     ..., epoch, presence window, session window, how many of the chunks are of those who wait,
--          greatest number of them, greatest one in session, lowest and highest chunk of those in
--          session, then the bits of each chunk
-- Returns  {"ok" or "moved", view}
--
-- Why OR, and one bitmap for all replicas: the bits are added to what is there, so a lost answer may
-- be sent again, replicas need not know of each other, and memory does not grow with their number.
-- Why the window is the store's: bits seen at the end of a window and told in the next count a
-- little longer, never shorter.
-- Why joined and claimed too, and the counters: who was seen showed a signed ticket or pass. What the
-- store may have lost of them comes back with them.
-- Why sessions of a later epoch are counted as they appear: replicas began them without a word, and
-- how many begin in a second must be known. Of an epoch that is new here all would appear at once, also
-- after a loss, so those of its first telling are not counted.

local now = time_now(ARGV[1])
local presence_ms = tonumber(ARGV[2])
local session_ms = tonumber(ARGV[3])
local view = view_of(KEYS[1], now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
if view.presence_window ~= tonumber(ARGV[7]) or view.session_window ~= tonumber(ARGV[8]) then
  return {'moved', tell(view)}
end

local waiting = tonumber(ARGV[9])
local inside = #ARGV - 13 - waiting
local most_waiting, most_inside = tonumber(ARGV[10]), tonumber(ARGV[11])
local current = view.epoch == ARGV[6]
local counted = false
if not current then
  -- Of an epoch before a reset whose last session is over: nobody to keep.
  if inside == 0 or tonumber(ARGV[6]) < view.valid_from and not is_older(view, ARGV[6]) then
    return {'ok', tell(view)}
  end
  local known = is_older(view, ARGV[6])
  counted = known and tonumber(ARGV[6]) > tonumber(view.epoch)
  note_older(KEYS[1], view, ARGV[6], tonumber(ARGV[12]), tonumber(ARGV[13]))
  local s = redis.call('HMGET', KEYS[1], 'founded', 'restored')
  if not known and not s[2] and tonumber(ARGV[6]) < tonumber(view.epoch) then
    -- There are sessions that nobody remembers. None can be older than this. Later epochs are of those
    -- who came in while the store was away.
    view.admits = math.max(view.admits, tonumber(s[1]) + (SESSION_WINDOWS - 1) * session_ms)
    redis.call('HSET', KEYS[1], 'admits', string.format('%d', view.admits))
  end
else
  local issued = math.max(view.issued, most_waiting, most_inside)
  local called = math.max(view.called, most_inside)
  if issued > view.issued or called > view.called then
    view.issued, view.called = issued, called
    redis.call('HSET', KEYS[1], 'issued' .. view.at, string.format('%d', issued),
      'called' .. view.at, string.format('%d', called))
  end
  if inside > 0 and tonumber(ARGV[12]) < view.low then
    -- Else nobody would look at their chunk again, and they not be counted.
    view.low = tonumber(ARGV[12])
    redis.call('HSET', KEYS[1], 'low' .. view.at, string.format('%d', view.low))
  end
end

local key, begun = 3, 0
for i = 1, waiting + inside do
  local bits = ARGV[13 + i]
  if i <= waiting then
    if current then
      add_bits(KEYS[key], KEYS[2], bits)
      add_bits(KEYS[key + 1], KEYS[2], bits)
      keep_window(KEYS[key], view.presence_window, PRESENCE_WINDOWS, presence_ms, ARGV[1])
    end
    key = key + 2
  else
    local before = counted and redis.call('BITCOUNT', KEYS[key + 2]) or 0
    for k = key, key + 2 do
      add_bits(KEYS[k], KEYS[2], bits)
    end
    begun = begun + (counted and redis.call('BITCOUNT', KEYS[key + 2]) - before or 0)
    keep_window(KEYS[key], view.session_window, SESSION_WINDOWS, session_ms, ARGV[1])
    key = key + 3
  end
end
if begun > 0 then
  redis.call('HINCRBY', KEYS[#KEYS], 'at_once', begun)
  redis.call('PEXPIRE', KEYS[#KEYS], KEEP_MS)
end
redis.call('DEL', KEYS[2])
redis.call('PEXPIRE', KEYS[1], KEEP_MS)
return {'ok', tell(view)}
