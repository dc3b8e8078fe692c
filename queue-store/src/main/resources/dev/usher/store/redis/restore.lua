-- restore.lua: brings back what a replica remembers of a room's queue and the store may have lost.
--
-- KEYS[1]  hash    usher:{shop}:pool                        until
-- KEYS[2]  hash    usher:{shop}:concert:state
-- KEYS[3]  string  usher:{shop}:concert:scratch
-- KEYS[4]  zset    usher:{shop}:concert:offers:<e>:<l>
-- KEYS[5+] bitmap  for each chunk: joined, claimed, left, wait of the current window, in of the
--                  current window
-- ARGV     ..., epoch, presence window, session window, issued, called, offered, paused, valid from,
--          time of the memory, lowest chunk, offer ms, then for each chunk the bits of claimed, left,
--          waiting and inside, each perhaps empty. Epoch 0: the replica remembers nothing
-- Returns  {"ok" or "moved", view}
--
-- Why counters by their maximum and bits by OR: replicas bring back what they remember in any order,
-- more than once, and nothing is ever taken away by it.
-- Why those who waited count as seen now: nobody could poll while the store was away. Whoever does
-- not come back is gone after the windows that everyone has.
-- Why a gap: a replica that is gone may have given more numbers than anybody else remembers.

local now = time_now(ARGV[1])
local view = view_of(KEYS[2], now)
if view.presence_window ~= tonumber(ARGV[7]) or view.session_window ~= tonumber(ARGV[8]) then
  return {'moved', tell(view)}
end
local known = ARGV[6] ~= '0'
if view.epoch == '0' then
  found(KEYS[2], known and ARGV[6] or epoch_by_time(0, now), now)
  redis.call('HSET', KEYS[1], 'until', 0)
  redis.call('PEXPIRE', KEYS[1], KEEP_MS)
  view = view_of(KEYS[2], now)
end
if not known then
  return {'ok', tell(view)}
end
if view.epoch ~= ARGV[6] then
  -- Until it has settled nobody has a place in an epoch that was begun for want of a better one.
  local begun = view.settles > now and view.issued == 0 and not redis.call('HGET', KEYS[2], 'restored')
  if not begun and tonumber(ARGV[6]) < tonumber(view.epoch) then
    return {'ok', tell(view)}
  end
  next_epoch(KEYS[1], KEYS[2], view, ARGV[6])
  local older = {}
  for word in string.gmatch(view.older, '%S+') do
    if string.match(word, '^%d+') ~= ARGV[6] then
      older[#older + 1] = word
    end
  end
  redis.call('HSET', KEYS[2], 'older', table.concat(older, ' '))
  view = view_of(KEYS[2], now)
end

local s = redis.call('HMGET', KEYS[2], 'offered' .. view.at, 'remembered', 'restored', 'low' .. view.at)
local issued = tonumber(ARGV[9])
if issued > view.issued or not s[3] then
  issued = math.max(view.issued, issued + GAP)
else
  issued = view.issued
end
local called = math.max(view.called, tonumber(ARGV[10]))
local offered = math.max(tonumber(s[1] or 0), tonumber(ARGV[11]))
local low = math.min(tonumber(s[4] or ARGV[15]), tonumber(ARGV[15]))
if called > offered and called > view.called then
  redis.call('ZADD', KEYS[4], string.format('%d', now + tonumber(ARGV[16])),
    string.format('%d', called))
  redis.call('PEXPIRE', KEYS[4], KEEP_MS)
end
redis.call('HSET', KEYS[2], 'restored', 1,
  'issued' .. view.at, string.format('%d', issued), 'called' .. view.at, string.format('%d', called),
  'offered' .. view.at, string.format('%d', offered), 'low' .. view.at, string.format('%d', low),
  'valid_from', string.format('%d', math.max(view.valid_from, tonumber(ARGV[13]))))
if tonumber(ARGV[14]) > tonumber(s[2] or 0) then
  redis.call('HSET', KEYS[2], 'remembered', ARGV[14], 'paused', ARGV[12])
end

local arg = 17
for key = 5, #KEYS, 5 do
  local joined, claimed, left = KEYS[key], KEYS[key + 1], KEYS[key + 2]
  local bits_claimed, bits_left = ARGV[arg], ARGV[arg + 1]
  local bits_waiting, bits_inside = ARGV[arg + 2], ARGV[arg + 3]
  for i = 0, 3 do
    add_bits(joined, KEYS[3], ARGV[arg + i])
  end
  add_bits(claimed, KEYS[3], bits_claimed)
  add_bits(claimed, KEYS[3], bits_inside)
  add_bits(left, KEYS[3], bits_left)
  if bits_waiting ~= '' then
    add_bits(KEYS[key + 3], KEYS[3], bits_waiting)
    keep_window(KEYS[key + 3], view.presence_window, PRESENCE_WINDOWS, tonumber(ARGV[2]), ARGV[1])
  end
  if bits_inside ~= '' then
    add_bits(KEYS[key + 4], KEYS[3], bits_inside)
    keep_window(KEYS[key + 4], view.session_window, SESSION_WINDOWS, tonumber(ARGV[3]), ARGV[1])
  end
  arg = arg + 4
end
redis.call('DEL', KEYS[3])
return {'ok', tell(view_of(KEYS[2], now))}
