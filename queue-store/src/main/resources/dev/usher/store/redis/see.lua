-- see.lua: notes the visitors that a replica saw since it last said so, waiting and in session.
--
-- keys: state scratch pool | bitmap
-- args: ... epoch presence_window session_window waiting_chunks greatest_waiting
-- args: greatest_inside low_chunk high_chunk | bits
--
-- state    hash    usher:{shop}:concert:state
-- scratch  string  usher:{shop}:concert:scratch
-- pool     hash    usher:{shop}:pool                        at_once
-- bitmap   bitmap  for each chunk that has news of those who wait: wait of the current window, joined;
--                  then of those in session: in of the current window, joined, claimed
-- waiting_chunks   how many of the chunks are of those who wait
-- low_chunk, high_chunk   of those in session
-- bits             of each chunk
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

local now = time_now()
local view = view_of(state, now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
if view.presence_window ~= tonumber(presence_window) or view.session_window ~= tonumber(session_window) then
  return {'moved', tell(view)}
end

local waiting = tonumber(waiting_chunks)
local inside = #ARGV + 1 - ARGS_FROM - waiting
local most_waiting, most_inside = tonumber(greatest_waiting), tonumber(greatest_inside)
local current = view.epoch == epoch
local counted = false
if not current then
  -- Of an epoch before a reset whose last session is over: nobody to keep.
  if inside == 0 or tonumber(epoch) < view.valid_from and not is_older(view, epoch) then
    return {'ok', tell(view)}
  end
  local known = is_older(view, epoch)
  counted = known and tonumber(epoch) > tonumber(view.epoch)
  note_older(state, view, epoch, tonumber(low_chunk), tonumber(high_chunk))
  local s = redis.call('HMGET', state, 'founded', 'restored')
  if not known and not s[2] and tonumber(epoch) < tonumber(view.epoch) then
    -- There are sessions that nobody remembers. None can be older than this. Later epochs are of those
    -- who came in while the store was away.
    view.admits = math.max(view.admits, tonumber(s[1]) + (SESSION_WINDOWS - 1) * tonumber(session_ms))
    redis.call('HSET', state, 'admits', string.format('%d', view.admits))
  end
else
  local issued = math.max(view.issued, most_waiting, most_inside)
  local called = math.max(view.called, most_inside)
  if issued > view.issued or called > view.called then
    view.issued, view.called = issued, called
    redis.call('HSET', state, 'issued' .. view.at, string.format('%d', issued),
      'called' .. view.at, string.format('%d', called))
  end
  if inside > 0 and tonumber(low_chunk) < view.low then
    -- Else nobody would look at their chunk again, and they not be counted.
    view.low = tonumber(low_chunk)
    redis.call('HSET', state, 'low' .. view.at, string.format('%d', view.low))
  end
end

local key, begun = KEYS_FROM, 0
for i = 1, waiting + inside do
  local bits = ARGV[ARGS_FROM + i - 1]
  if i <= waiting then
    if current then
      add_bits(KEYS[key], scratch, bits)
      add_bits(KEYS[key + 1], scratch, bits)
      keep_window(KEYS[key], view.presence_window, PRESENCE_WINDOWS, presence_ms)
    end
    key = key + 2
  else
    local before = counted and redis.call('BITCOUNT', KEYS[key + 2]) or 0
    for k = key, key + 2 do
      add_bits(KEYS[k], scratch, bits)
    end
    begun = begun + (counted and redis.call('BITCOUNT', KEYS[key + 2]) - before or 0)
    keep_window(KEYS[key], view.session_window, SESSION_WINDOWS, session_ms)
    key = key + 3
  end
end
if begun > 0 then
  redis.call('HINCRBY', pool, 'at_once', begun)
  redis.call('PEXPIRE', pool, KEEP_MS)
end
redis.call('DEL', scratch)
redis.call('PEXPIRE', state, KEEP_MS)
return {'ok', tell(view)}
