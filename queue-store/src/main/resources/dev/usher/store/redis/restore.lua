-- restore.lua: brings back what a replica remembers of a room's queue and the store may have lost.
--
-- keys: pool state scratch offers_key | joined claimed left wait in
-- args: ... epoch presence_window session_window most_issued most_called most_offered paused valid_from
-- args: remembered_at low_chunk offer_ms | claimed_bits left_bits waiting_bits inside_bits
--
-- pool        hash    usher:{shop}:pool                        until
-- state       hash    usher:{shop}:concert:state
-- scratch     string  usher:{shop}:concert:scratch
-- offers_key  zset    usher:{shop}:concert:offers:<e>:<l>
-- joined ...  bitmap  for each chunk; wait and in are those of the current windows
-- epoch               0: the replica remembers nothing
-- *_bits              of each chunk, each perhaps empty
-- Returns  {"ok" or "moved", view}
--
-- Why counters by their maximum and bits by OR: replicas bring back what they remember in any order,
-- more than once, and nothing is ever taken away by it.
-- Why those who waited count as seen now: nobody could poll while the store was away. Whoever does
-- not come back is gone after the windows that everyone has.
-- Why a gap: a replica that is gone may have given more numbers than anybody else remembers.

local now = time_now()
local view = view_of(state, now)
if view.presence_window ~= tonumber(presence_window) or view.session_window ~= tonumber(session_window) then
  return {'moved', tell(view)}
end
local known = epoch ~= '0'
if view.epoch == '0' then
  found(state, known and epoch or epoch_by_time(0, now), now)
  redis.call('HSET', pool, 'until', 0)
  redis.call('PEXPIRE', pool, KEEP_MS)
  view = view_of(state, now)
end
if not known then
  return {'ok', tell(view)}
end
if view.epoch ~= epoch then
  -- Until it has settled nobody has a place in an epoch that was begun for want of a better one.
  local begun = view.settles > now and view.issued == 0 and not redis.call('HGET', state, 'restored')
  if not begun and tonumber(epoch) < tonumber(view.epoch) then
    return {'ok', tell(view)}
  end
  next_epoch(pool, state, view, epoch)
  local older = {}
  for word in string.gmatch(view.older, '%S+') do
    if string.match(word, '^%d+') ~= epoch then
      older[#older + 1] = word
    end
  end
  redis.call('HSET', state, 'older', table.concat(older, ' '))
  view = view_of(state, now)
end

local s = redis.call('HMGET', state, 'offered' .. view.at, 'remembered', 'restored', 'low' .. view.at)
local issued = tonumber(most_issued)
if issued > view.issued or not s[3] then
  issued = math.max(view.issued, issued + GAP)
else
  issued = view.issued
end
local called = math.max(view.called, tonumber(most_called))
local offered = math.max(tonumber(s[1] or 0), tonumber(most_offered))
local low = math.min(tonumber(s[4] or low_chunk), tonumber(low_chunk))
if called > offered and called > view.called then
  redis.call('ZADD', offers_key, string.format('%d', now + tonumber(offer_ms)),
    string.format('%d', called))
  redis.call('PEXPIRE', offers_key, KEEP_MS)
end
redis.call('HSET', state, 'restored', 1,
  'issued' .. view.at, string.format('%d', issued), 'called' .. view.at, string.format('%d', called),
  'offered' .. view.at, string.format('%d', offered), 'low' .. view.at, string.format('%d', low),
  'valid_from', string.format('%d', math.max(view.valid_from, tonumber(valid_from))))
if tonumber(remembered_at) > tonumber(s[2] or 0) then
  redis.call('HSET', state, 'remembered', remembered_at, 'paused', paused)
end

local arg = ARGS_FROM
for key = KEYS_FROM, #KEYS, KEYS_EACH do
  local joined, claimed, left = KEYS[key + JOINED], KEYS[key + CLAIMED], KEYS[key + LEFT]
  local bits_claimed, bits_left = ARGV[arg + CLAIMED_BITS], ARGV[arg + LEFT_BITS]
  local bits_waiting, bits_inside = ARGV[arg + WAITING_BITS], ARGV[arg + INSIDE_BITS]
  for i = 0, ARGS_EACH - 1 do
    add_bits(joined, scratch, ARGV[arg + i])
  end
  add_bits(claimed, scratch, bits_claimed)
  add_bits(claimed, scratch, bits_inside)
  add_bits(left, scratch, bits_left)
  if bits_waiting ~= '' then
    add_bits(KEYS[key + WAIT], scratch, bits_waiting)
    keep_window(KEYS[key + WAIT], view.presence_window, PRESENCE_WINDOWS, presence_ms)
  end
  if bits_inside ~= '' then
    add_bits(KEYS[key + IN], scratch, bits_inside)
    keep_window(KEYS[key + IN], view.session_window, SESSION_WINDOWS, session_ms)
  end
  arg = arg + ARGS_EACH
end
redis.call('DEL', scratch)
return {'ok', tell(view_of(state, now))}
