-- merge.lua: works out who waits and who is inside, of one epoch and lane of a room, from what all
-- replicas saw.
--
-- KEYS[1]  hash    usher:{shop}:concert:state
-- KEYS[2]  string  usher:{shop}:concert:scratch
-- KEYS[3]  zset    usher:{shop}:concert:offers:<e>:<l>      last number of a call, by its deadline
-- KEYS[4]  zset    usher:{shop}:concert:asking:<e>:<l>      numbers that were told "full"
-- KEYS[5]  zset    usher:{shop}:first
-- KEYS[6]  zset    usher:{shop}:turns
-- KEYS[7]  hash    usher:{shop}:pool                        fence
-- KEYS[8+] bitmap  for each chunk: joined, claimed, left, waiting, inside, kept, there, 3 windows of
--                  wait, 5 windows of in, asks
-- ARGV     ..., epoch, presence window, session window, lowest chunk, highest chunk, name of this
--          merge, fence, older epochs and standby as the caller knows them
-- Returns  {"ok" or "moved", view}
--
-- waiting = joined AND any window of wait AND NOT claimed AND NOT left
-- inside  = claimed AND any window of in AND NOT left
-- there   = who of those who wait was seen: all of them, but while they are absent in a mass
-- Of those who wait, who was told "full" while a place was offered asks: no longer an offer.
-- Numbers of a block that nobody heard of have left. After an outage, in which nobody could be seen,
-- who waited before it counts as seen now.
-- Why absence in a mass is no departure: the way to us is cut, for all of them. Fewer than a third of
-- a crowd seen in a window means that, and it lasts until they have been seen steadily for two, or
-- for half an hour. Until then they count as waiting (kept), and those who are there are called. Where
-- hardly anybody is seen, those inside cannot be seen either, and stay.
-- Why the window before those that count is kept too: a way that fails by and by loses in three of
-- them no more than half.
-- Why counted anew each time instead of kept by plus and minus: a visitor who goes away silently
-- sends no minus. Whatever was miscounted is right again one tick later.

local PER_CHUNK = 16
local CROWD = 20
local OUTAGE_MAX_MS = 1800000
local STEADY_SHARE = 100
local BACK_SHARE = 100
local HIDDEN_SHARE = 50
local now = time_now(ARGV[1])
local view = view_of(KEYS[1], now)
if redis.call('HGET', KEYS[7], 'fence') ~= ARGV[12] then
  return {'ok', tell(view)}
end
if view.epoch == '0' then
  return {'lost', tell(view)}
end
local at = ':' .. ARGV[6] .. ':' .. ARGV[4]
local current = view.epoch == ARGV[6]
local s = redis.call('HMGET', KEYS[1], 'issued' .. at, 'called' .. at, 'low' .. at, 'offered' .. at, 'void' .. at, 'unseen' .. at)
local issued = tonumber(s[1] or 0)
local called = tonumber(s[2] or 0)
local low = tonumber(s[3] or 0)
local offered = tonumber(s[4] or 0)
local from = tonumber(ARGV[9])
local to = tonumber(ARGV[10])
if view.presence_window ~= tonumber(ARGV[7])
    or view.session_window ~= tonumber(ARGV[8])
    or current and (low ~= from or chunk_of(issued) ~= to)
    or current and (view.older ~= ARGV[13] or view.standby ~= tonumber(ARGV[14]))
    or not current and not is_older(view, ARGV[6]) then
  return {'moved', tell(view)}
end

-- target = target AND NOT less
local function minus(target, less)
  if redis.call('EXISTS', less) == 1 then
    redis.call('BITOP', 'AND', KEYS[2], target, less)
    redis.call('BITOP', 'XOR', target, target, KEYS[2])
  end
end

local expired = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', string.format('%d', now))
if #expired > 0 then
  for _, number in ipairs(expired) do
    offered = math.max(offered, tonumber(number))
  end
  redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', string.format('%d', now))
  redis.call('HSET', KEYS[1], 'offered' .. at, string.format('%d', offered))
end

-- Who asks no more. At most once for each time that somebody began to: what a step costs does not
-- grow with those who go on asking.
local gone = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', string.format('%d', now))
for _, number in ipairs(gone) do
  local name = number .. '@' .. KEYS[4]
  redis.call('ZREM', KEYS[5], name)
  redis.call('ZREM', KEYS[6], name)
  local chunk = chunk_of(tonumber(number))
  if chunk >= from and chunk <= to then
    local asks = KEYS[8 + (chunk - from) * PER_CHUNK + 15]
    if redis.call('EXISTS', asks) == 1 then
      redis.call('SETBIT', asks, tonumber(number) % CHUNK_BITS, 0)
    end
  end
end
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', string.format('%d', now))

-- The part of a range of numbers that lies in this chunk has left.
local function void_range(left, chunk, from, to)
  local first = chunk * CHUNK_BITS
  from, to = math.max(from, first), math.min(to, first + CHUNK_BITS - 1)
  if from <= to then
    set_range(left, from % CHUNK_BITS, to % CHUNK_BITS)
  end
end

local o = redis.call('HMGET', KEYS[1], 'judged' .. at, 'out' .. at, 'share' .. at, 'trough' .. at,
  'steady' .. at)
local out, trough = tonumber(o[2] or 0), tonumber(o[4] or 1000)
local share = tonumber(o[3] or 1000)

-- Once a window: whether those who wait were seen since the last look, in thousandths.
local function look()
  local people, come = 0, 0
  local missed_one = tonumber(o[1] or 0) < view.presence_window - 1 and 9 or 8
  for chunk = from, to do
    local k = 8 + (chunk - from) * PER_CHUNK
    local kept = KEYS[k + 5]
    local first = math.max(0, called + 1 - chunk * CHUNK_BITS)
    redis.call('BITOP', 'OR', kept, kept, KEYS[k + 3])
    minus(kept, KEYS[k + 1])
    minus(kept, KEYS[k + 2])
    people = people + count_bits(kept, first, CHUNK_BITS - 1)
    redis.call('BITOP', 'OR', KEYS[2], KEYS[k + 8], KEYS[k + missed_one])
    redis.call('BITOP', 'AND', KEYS[2], KEYS[2], kept)
    come = come + count_bits(KEYS[2], first, CHUNK_BITS - 1)
  end
  local before = share
  share = people == 0 and 1000 or math.floor(1000 * come / people)
  local steady = 0
  local lasted = out > 0
  if lasted then
    -- Whoever is left of a crowd shows that the way is open; very few only where fewer were before.
    local back = share > 0 and (share >= BACK_SHARE or share > 3 * trough)
    if back and math.abs(share - before) <= STEADY_SHARE then
      steady = tonumber(o[5]) + 1
    end
    trough = math.min(trough, share)
    if people == 0 or steady == 2 or now - out >= OUTAGE_MAX_MS then
      out = 0
    end
  elseif o[1] and not s[6] and people >= CROWD and 3 * come < people then
    out, trough = now, share
    redis.call('HSET', KEYS[1], 'outcalled' .. at, string.format('%d', called))
  end
  for chunk = from, out > 0 and from - 1 or to do
    local k = 8 + (chunk - from) * PER_CHUNK
    if lasted then
      redis.call('DEL', KEYS[k + 5])
    else
      redis.call('BITOP', 'OR', KEYS[k + 5], KEYS[k + 3], KEYS[k + 3])
    end
  end
  redis.call('HSET', KEYS[1], 'judged' .. at, string.format('%d', view.presence_window),
    'out' .. at, string.format('%d', out), 'share' .. at, share, 'trough' .. at, trough,
    'steady' .. at, steady)
end

if current and tonumber(o[1] or -1) ~= view.presence_window then
  look()
end

local inside, waiting, offers, callable = 0, 0, 0, 0
local used = false
local new_low = low
for chunk = from, to do
  local k = 8 + (chunk - from) * PER_CHUNK
  local joined, claimed, left = KEYS[k], KEYS[k + 1], KEYS[k + 2]
  local w, i, kept, there = KEYS[k + 3], KEYS[k + 4], KEYS[k + 5], KEYS[k + 6]
  local first = chunk * CHUNK_BITS
  local waiting_here = 0

  for a, b in string.gmatch(s[5] or '', '(%d+)-(%d+)') do
    void_range(left, chunk, tonumber(a), tonumber(b))
  end
  -- While hardly anybody was seen in the last window. Not until it is over: whoever came in since goes
  -- again, and their places are free then.
  local hidden = current and out > 0 and share <= HIDDEN_SHARE and i or KEYS[k + 10]
  local was_used = redis.call('BITOP', 'OR', i, hidden, KEYS[k + 10], KEYS[k + 11], KEYS[k + 12],
    KEYS[k + 13], KEYS[k + 14]) > 0 and redis.call('BITCOUNT', i) > 0
  redis.call('BITOP', 'AND', i, i, claimed)
  minus(i, left)
  inside = inside + redis.call('BITCOUNT', i)

  if current then
    if s[6] and redis.call('BITOP', 'OR', KEYS[k + 7], KEYS[k + 7], w) > 0 then
      keep_window(KEYS[k + 7], view.presence_window, PRESENCE_WINDOWS, tonumber(ARGV[2]), ARGV[1])
    end
    redis.call('BITOP', 'OR', w, KEYS[k + 7], KEYS[k + 8], KEYS[k + 9])
    local callable_key = w
    if out > 0 then
      redis.call('BITOP', 'OR', w, w, kept)
      redis.call('BITOP', 'OR', there, KEYS[k + 7], KEYS[k + 8])
      callable_key = there
    end
    redis.call('BITOP', 'AND', w, w, joined)
    minus(w, claimed)
    minus(w, left)
    if out > 0 then
      redis.call('BITOP', 'AND', there, there, w)
    end
    waiting_here = redis.call('BITCOUNT', w)
    local beyond = math.max(0, called + 1 - first)
    waiting = waiting + count_bits(w, beyond, CHUNK_BITS - 1)
    callable = callable + count_bits(callable_key, beyond, CHUNK_BITS - 1)
    local last = math.min(CHUNK_BITS - 1, called - first)
    local next_one = math.max(0, offered + 1 - first)
    offers = offers + count_bits(callable_key, next_one, last)
    if redis.call('EXISTS', KEYS[k + 15]) == 1 then
      redis.call('BITOP', 'AND', KEYS[2], callable_key, KEYS[k + 15])
      offers = offers - count_bits(KEYS[2], next_one, last)
    end
  end
  for _, key in ipairs({joined, claimed, left, w, i, kept, there, KEYS[k + 15]}) do
    redis.call('PEXPIRE', key, KEEP_MS)
  end
  -- A chunk in which nobody is left need not be looked at again. Not before every pass in it has
  -- run out, though: those of who left are refused by their bits in it. Who missed the turn may still
  -- claim, wherever it is: one such visitor who goes on looking must not hold all chunks since.
  used = used or was_used
  if current and chunk == new_low and chunk < chunk_of(called) and not was_used
      and (waiting_here == 0 or chunk < chunk_of(offered)) then
    new_low = chunk + 1
    redis.call('DEL', w, kept, there)
  end
end
redis.call('DEL', KEYS[2])

redis.call('HSET', KEYS[1], 'inside' .. at, inside)
redis.call('HDEL', KEYS[1], 'void' .. at, 'unseen' .. at)
if current then
  redis.call('HSET', KEYS[1], 'low' .. at, string.format('%d', new_low))
  redis.call('HSET', KEYS[1], 'waiting', waiting, 'callable', out > 0 and callable or -1,
    'offers', offers,
    'asking', redis.call('ZCARD', KEYS[4]), 'merged', string.format('%d', issued),
    'looked', string.format('%d', now), 'merge', ARGV[11])
  redis.call('PEXPIRE', KEYS[3], KEEP_MS)
  redis.call('PEXPIRE', KEYS[4], KEEP_MS)
elseif not used then
  -- The last session of an older epoch is over, and its passes have run out.
  local older = {}
  for word in string.gmatch(view.older, '%S+') do
    if string.match(word, '^%d+') ~= ARGV[6] then
      older[#older + 1] = word
    end
  end
  view.older = table.concat(older, ' ')
  redis.call('HSET', KEYS[1], 'older', view.older)
  redis.call('HDEL', KEYS[1], 'issued' .. at, 'called' .. at, 'low' .. at, 'offered' .. at,
    'inside' .. at, 'judged' .. at, 'out' .. at, 'share' .. at, 'trough' .. at, 'steady' .. at)
end
if current then
  view.low = new_low
  view.looked = now
end
redis.call('PEXPIRE', KEYS[1], KEEP_MS)
return {'ok', tell(view)}
