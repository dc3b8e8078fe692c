-- merge.lua: works out who waits and who is inside, of one epoch and lane of a room, from what all
-- replicas saw.
--
-- keys: state scratch offers_key asking_key firsts turns pool
-- keys: | joined claimed left waiting inside kept there wait_0 wait_1 wait_2 in_0 in_1 in_2 in_3 in_4 asks
-- args: ... epoch presence_window session_window low_chunk high_chunk merge fence older_seen standby
--
-- state       hash    usher:{shop}:concert:state
-- scratch     string  usher:{shop}:concert:scratch
-- offers_key  zset    usher:{shop}:concert:offers:<e>:<l>      last number of a call, by its deadline
-- asking_key  zset    usher:{shop}:concert:asking:<e>:<l>      numbers that were told "full"
-- firsts      zset    usher:{shop}:first
-- turns       zset    usher:{shop}:turns
-- pool        hash    usher:{shop}:pool                        fence
-- joined ...  bitmap  for each chunk; wait_0 is of the current window, wait_1 of the one before it
-- merge               the name of this merge
-- older_seen          as the caller knows it
-- standby             1 if those who stand by got their numbers before, as far as they may have them
-- Returns  {"ok" or "moved", view}; "held" when somebody stands by and got none
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

local now = time_now()
local view = view_of(state, now)
if redis.call('HGET', pool, 'fence') ~= fence then
  return {'ok', tell(view)}
end
if view.epoch == '0' then
  return {'lost', tell(view)}
end
local at = ':' .. epoch .. ':' .. lane
local current = view.epoch == epoch
local s = redis.call('HMGET', state, 'issued' .. at, 'called' .. at, 'low' .. at, 'offered' .. at, 'void' .. at, 'unseen' .. at)
local issued = tonumber(s[1] or 0)
local called = tonumber(s[2] or 0)
local low = tonumber(s[3] or 0)
local offered = tonumber(s[4] or 0)
local from = tonumber(low_chunk)
local to = tonumber(high_chunk)
-- Who gets a number is there: whether a crowd is cut off is not judged without them.
if current and view.standby > 0 and standby == '0' then
  return {'held', tell(view)}
end
if view.presence_window ~= tonumber(presence_window)
    or view.session_window ~= tonumber(session_window)
    or current and (low ~= from or chunk_of(issued) ~= to)
    or current and (view.older ~= older_seen or view.standby ~= tonumber(standby))
    or not current and not is_older(view, epoch) then
  return {'moved', tell(view)}
end

-- target = target AND NOT less
local function minus(target, less)
  if redis.call('EXISTS', less) == 1 then
    redis.call('BITOP', 'AND', scratch, target, less)
    redis.call('BITOP', 'XOR', target, target, scratch)
  end
end

local expired = redis.call('ZRANGEBYSCORE', offers_key, '-inf', string.format('%d', now))
if #expired > 0 then
  for _, number in ipairs(expired) do
    offered = math.max(offered, tonumber(number))
  end
  redis.call('ZREMRANGEBYSCORE', offers_key, '-inf', string.format('%d', now))
  redis.call('HSET', state, 'offered' .. at, string.format('%d', offered))
end

-- Who asks no more. At most once for each time that somebody began to: what a step costs does not
-- grow with those who go on asking.
local gone = redis.call('ZRANGEBYSCORE', asking_key, '-inf', string.format('%d', now))
for _, number in ipairs(gone) do
  local name = number .. '@' .. asking_key
  redis.call('ZREM', firsts, name)
  redis.call('ZREM', turns, name)
  local chunk = chunk_of(tonumber(number))
  if chunk >= from and chunk <= to then
    local asks = KEYS[KEYS_FROM + (chunk - from) * KEYS_EACH + ASKS]
    if redis.call('EXISTS', asks) == 1 then
      redis.call('SETBIT', asks, tonumber(number) % CHUNK_BITS, 0)
    end
  end
end
redis.call('ZREMRANGEBYSCORE', asking_key, '-inf', string.format('%d', now))

-- The part of a range of numbers that lies in this chunk has left.
local function void_range(left, chunk, from, to)
  local first = chunk * CHUNK_BITS
  from, to = math.max(from, first), math.min(to, first + CHUNK_BITS - 1)
  if from <= to then
    set_range(left, from % CHUNK_BITS, to % CHUNK_BITS)
  end
end

local o = redis.call('HMGET', state, 'judged' .. at, 'out' .. at, 'share' .. at, 'trough' .. at,
  'steady' .. at)
local out, trough = tonumber(o[2] or 0), tonumber(o[4] or 1000)
local share = tonumber(o[3] or 1000)

-- Once a window: whether those who wait were seen since the last look, in thousandths.
local function look()
  local people, come = 0, 0
  local missed_one = tonumber(o[1] or 0) < view.presence_window - 1 and WAIT_2 or WAIT_1
  for chunk = from, to do
    local k = KEYS_FROM + (chunk - from) * KEYS_EACH
    local kept = KEYS[k + KEPT]
    local first = math.max(0, called + 1 - chunk * CHUNK_BITS)
    redis.call('BITOP', 'OR', kept, kept, KEYS[k + WAITING])
    minus(kept, KEYS[k + CLAIMED])
    minus(kept, KEYS[k + LEFT])
    people = people + count_bits(kept, first, CHUNK_BITS - 1)
    redis.call('BITOP', 'OR', scratch, KEYS[k + WAIT_1], KEYS[k + missed_one])
    redis.call('BITOP', 'AND', scratch, scratch, kept)
    come = come + count_bits(scratch, first, CHUNK_BITS - 1)
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
    redis.call('HSET', state, 'outcalled' .. at, string.format('%d', called))
  end
  for chunk = from, out > 0 and from - 1 or to do
    local k = KEYS_FROM + (chunk - from) * KEYS_EACH
    if lasted then
      redis.call('DEL', KEYS[k + KEPT])
    else
      redis.call('BITOP', 'OR', KEYS[k + KEPT], KEYS[k + WAITING], KEYS[k + WAITING])
    end
  end
  redis.call('HSET', state, 'judged' .. at, string.format('%d', view.presence_window),
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
  local k = KEYS_FROM + (chunk - from) * KEYS_EACH
  local joined, claimed, left = KEYS[k + JOINED], KEYS[k + CLAIMED], KEYS[k + LEFT]
  local w, i, kept, there = KEYS[k + WAITING], KEYS[k + INSIDE], KEYS[k + KEPT], KEYS[k + THERE]
  local first = chunk * CHUNK_BITS
  local waiting_here = 0

  for a, b in string.gmatch(s[5] or '', '(%d+)-(%d+)') do
    void_range(left, chunk, tonumber(a), tonumber(b))
  end
  -- While hardly anybody was seen in the last window. Not until it is over: whoever came in since goes
  -- again, and their places are free then.
  local hidden = current and out > 0 and share <= HIDDEN_SHARE and i or KEYS[k + IN_0]
  local was_used = redis.call('BITOP', 'OR', i, hidden, KEYS[k + IN_0], KEYS[k + IN_1], KEYS[k + IN_2],
    KEYS[k + IN_3], KEYS[k + IN_4]) > 0 and redis.call('BITCOUNT', i) > 0
  redis.call('BITOP', 'AND', i, i, claimed)
  minus(i, left)
  inside = inside + redis.call('BITCOUNT', i)

  if current then
    if s[6] and redis.call('BITOP', 'OR', KEYS[k + WAIT_0], KEYS[k + WAIT_0], w) > 0 then
      keep_window(KEYS[k + WAIT_0], view.presence_window, PRESENCE_WINDOWS, presence_ms)
    end
    redis.call('BITOP', 'OR', w, KEYS[k + WAIT_0], KEYS[k + WAIT_1], KEYS[k + WAIT_2])
    local callable_key = w
    if out > 0 then
      redis.call('BITOP', 'OR', w, w, kept)
      redis.call('BITOP', 'OR', there, KEYS[k + WAIT_0], KEYS[k + WAIT_1])
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
    if redis.call('EXISTS', KEYS[k + ASKS]) == 1 then
      redis.call('BITOP', 'AND', scratch, callable_key, KEYS[k + ASKS])
      offers = offers - count_bits(scratch, next_one, last)
    end
  end
  for _, key in ipairs({joined, claimed, left, w, i, kept, there, KEYS[k + ASKS]}) do
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
redis.call('DEL', scratch)

redis.call('HSET', state, 'inside' .. at, inside)
redis.call('HDEL', state, 'void' .. at, 'unseen' .. at)
if current then
  redis.call('HSET', state, 'low' .. at, string.format('%d', new_low))
  redis.call('HSET', state, 'waiting', waiting, 'callable', out > 0 and callable or -1,
    'offers', offers,
    'asking', redis.call('ZCARD', asking_key), 'merged', string.format('%d', issued),
    'looked', string.format('%d', now), 'merge', merge)
  redis.call('PEXPIRE', offers_key, KEEP_MS)
  redis.call('PEXPIRE', asking_key, KEEP_MS)
elseif not used then
  -- The last session of an older epoch is over, and its passes have run out.
  local older = {}
  for word in string.gmatch(view.older, '%S+') do
    if string.match(word, '^%d+') ~= epoch then
      older[#older + 1] = word
    end
  end
  view.older = table.concat(older, ' ')
  redis.call('HSET', state, 'older', view.older)
  redis.call('HDEL', state, 'issued' .. at, 'called' .. at, 'low' .. at, 'offered' .. at,
    'inside' .. at, 'judged' .. at, 'out' .. at, 'outcalled' .. at, 'share' .. at, 'trough' .. at,
    'steady' .. at)
end
if current then
  view.low = new_low
  view.looked = now
end
redis.call('PEXPIRE', state, KEEP_MS)
return {'ok', tell(view)}
