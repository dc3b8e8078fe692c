-- call.lua: sets the capacity of an upstream and calls the next visitors of its rooms, only those
-- who are there, as many as places are free.
--
-- keys: pool firsts turns | room_key
-- args: offset fence capacity_said places_said kept_said valid_ms settle_ms merge
-- args: | lane epoch low high weight offer_ms older_merged gathers_from opens_at
--
-- pool     hash    usher:{shop}:pool                        capacity, sessions, offers, kept,
--                                                           asking, places, fence, claimed, at_once
-- firsts   zset    usher:{shop}:first                       who of all rooms was told "full" while
--                                                           a place was offered
-- turns    zset    usher:{shop}:turns                       who of all rooms asks, by number
-- room_key for each room: hash state with its limits, zsets offers and asking, then the bitmaps waiting of its
--          chunks, then the bitmaps there, then the bitmaps asks
-- lane ... for each room; low and high are its lowest and highest chunk, older_merged the epochs
--          besides the current whose sessions are counted anew by now, gathers_from from when on its
--          visitors gather, opens_at when it opens
-- Returns  {"ok", sessions, offers and asking, called, claimed ever, at once ever}, or {"stale"}
--          when another leads, {"settling"} while what was lost is brought back, or {"moved", room}
--          with the room's place among the rooms, from 0
--
-- Why one script: between "how many are inside" and "call the next" another replica could call too,
-- and the room would hold twice its capacity.
-- Why {shop}: the rooms of one upstream share its capacity, so their keys must be on one node.
-- Why called may jump over numbers: whoever is not there does not hold up the others. A called
-- number stays called, so who comes back late may still claim. While people are absent in a mass it
-- moves no further than to the last one called who is there.
-- Why places that are not used stay in the pool: newcomers may have them until the next call, which
-- sets them anew, so that nothing is saved up.
-- Why fewer places are kept than offered, where the caller says so: some of the called never come.
-- A claim compares sessions with capacity anyway, so a place offered twice is taken once.
-- Why it counts who might have been called but for want of places: while there are any, no newcomer of
-- any room comes in at once.
-- Why the merge is named: the call is on its way before the merges of its rooms are answered. One that
-- moved is asked again, and the call goes by none but its own.
-- Why it says up to which number asking is worth while: of ten thousand who ask, those who will be told
-- "full" need not come here to hear it.
-- Why a room that an operator limits to so many sessions says a number of its own: more of its visitors may
-- be called than it may still take, from before the limit was set, or because they missed their turn.
-- Those beyond it come in by number as its places fall free, and until then take none from other rooms.
-- Why each room carries until when its capacity holds: a room that the caller does not know, because
-- it was told of it later than others, is not among the sessions counted here, and so may not add
-- any. Whoever compares finds another time there than in the pool.
-- Why each room is told when it opens: who arrives or claims between two steps is judged by the same two
-- times, so that nobody comes in before the moment, and all from then on.

-- Of the first who ask, so many are looked at for who asks in vain, and as many again while that is one in
-- four, up to so many: what a step costs does not grow with those who go on asking, and thousands whom
-- an operator has just kept out hold up nobody.
local LOOKED_AT = 200
local LOOKED_AT_MOST = 5000
local now = time_now()
local p = redis.call('HMGET', pool, 'fence', 'claimed', 'at_once')
if p[1] ~= fence then
  return {'stale'}
end
local capacity = tonumber(capacity_said)
local server = settle_ms ~= '0' and server_life()

local rooms = {}
local asking_keys = {}
local key = KEYS_FROM
local sessions, offers, asking, hungry = 0, 0, 0, 0
for r = 0, (#ARGV + 1 - ARGS_FROM) / ARGS_EACH - 1 do
  local a = ARGS_FROM + r * ARGS_EACH
  local at = ':' .. ARGV[a + EPOCH] .. ':' .. ARGV[a + LANE]
  local state = KEYS[key]
  local s = redis.call('HMGET', state, 'epoch', 'called' .. at, 'low' .. at, 'merged', 'paused',
    'waiting', 'offers', 'asking', 'older', 'inside' .. at, 'turn', 'admits',
    'server', 'merge', 'callable', 'bonus', 'most', 'offered' .. at)
  if not s[1]
      or tonumber(s[12] or 0) > now
      or settle_ms ~= '0' and s[13] ~= server then
    return {'settling'}
  end
  local chunks = tonumber(ARGV[a + HIGH]) - tonumber(ARGV[a + LOW]) + 1
  local room = {
    state = state, offers_key = KEYS[key + 1], first_key = key + 3, waiting_key = key + 3, at = at,
    asks_key = key + 3 + 2 * chunks, offered = tonumber(s[18] or 0),
    called = tonumber(s[2] or 0), from = tonumber(ARGV[a + LOW]), to = tonumber(ARGV[a + HIGH]),
    merged = tonumber(s[4] or 0), paused = s[5] == '1', waiting = tonumber(s[6] or 0),
    weight = tonumber(ARGV[a + WEIGHT]), offer_ms = tonumber(ARGV[a + OFFER_MS]),
    offers = tonumber(s[7] or 0), turn = tonumber(s[11] or 0), give = 0,
    callable = tonumber(s[15] or -1), bonus = tonumber(s[16] or 0),
    gathers = ARGV[a + GATHERS_FROM], opens = ARGV[a + OPENS_AT],
  }
  room.paused = room.paused or gathers(room.gathers, room.opens, now)
  room.out = room.callable >= 0
  if room.out then
    room.first_key = room.first_key + chunks
  else
    room.callable = room.waiting
  end
  if s[1] ~= ARGV[a + EPOCH] or s[14] ~= merge or room.from > chunk_of(room.called) or room.to < chunk_of(room.merged) then
    return {'moved', tostring(r)}
  end
  local inside = tonumber(s[10] or 0)
  for epoch in string.gmatch(s[9] or '', '(%d+)/%d+/%d+') do
    if not string.find(ARGV[a + OLDER_MERGED], ' ' .. epoch .. ' ', 1, true) then
      return {'moved', tostring(r)}
    end
    local there = redis.call('HGET', state, 'inside:' .. epoch .. ':' .. ARGV[a + LANE])
    inside = inside + tonumber(there or 0)
  end
  local asks = tonumber(s[8] or 0)
  room.taken = inside + room.offers + asks
  room.most = tonumber(s[17] or math.huge)
  room.takes = math.max(0, room.most - inside)
  room.kept_out = math.max(0, room.offers + asks - room.takes)
  sessions = sessions + inside
  asking = asking + math.min(asks, room.takes)
  offers = offers + math.min(room.offers, math.max(0, room.takes - asks))
  asking_keys[KEYS[key + 2]] = room
  key = key + 3 + 3 * chunks
  rooms[#rooms + 1] = room
end

-- The n-th of the numbers from one on, up to the end of a chunk, that `count` counts within a chunk.
local function nth(n, from, last_chunk, count)
  for chunk = chunk_of(from), last_chunk do
    local first = math.max(0, from - chunk * CHUNK_BITS)
    local here = count(chunk, first, CHUNK_BITS - 1)
    if n <= here then
      local lo, hi = first, CHUNK_BITS - 1
      while lo < hi do
        local mid = math.floor((lo + hi) / 2)
        if count(chunk, first, mid) >= n then
          hi = mid
        else
          lo = mid + 1
        end
      end
      return chunk * CHUNK_BITS + lo
    end
    n = n - here
  end
  return nil
end

-- From which number on those who are called, and hold an offer or ask, are more than the room may
-- still take; 0 for none.
local function kept_out_from(room)
  if room.takes == 0 then
    return 1
  end
  if room.takes == math.huge then
    return 0
  end
  local function called_in(chunk, first, last)
    local offered = room.offered - chunk * CHUNK_BITS
    local called = room.called - chunk * CHUNK_BITS
    local asks, there = KEYS[room.asks_key + chunk - room.from], KEYS[room.first_key + chunk - room.from]
    return count_bits(asks, first, math.min(last, offered))
        + count_bits(there, math.max(first, offered + 1), math.min(last, called))
  end
  return nth(room.takes + 1, room.from * CHUNK_BITS, math.min(chunk_of(room.called), room.to), called_in) or 0
end

for _, room in ipairs(rooms) do
  room.open = kept_out_from(room)
end

-- Who asks no more, or asked in an epoch or room that is gone, is nobody's first; nor is whom the limit
-- of the room keeps out.
local function asks_in_vain(name)
  local number, asking_key = string.match(name, '^(%d+)@(.*)$')
  local room = asking_keys[asking_key]
  return not room or room.open > 0 and tonumber(number) >= room.open
      or not redis.call('ZSCORE', asking_key, number)
end
for _, set in ipairs({firsts, turns}) do
  local stay, looked_at = 0, 0
  repeat
    local gone, names = 0, redis.call('ZRANGE', set, stay, stay + LOOKED_AT - 1)
    for _, name in ipairs(names) do
      if asks_in_vain(name) then
        redis.call('ZREM', set, name)
        gone = gone + 1
      end
    end
    stay = stay + #names - gone
    looked_at = looked_at + #names
  until #names < LOOKED_AT or 4 * gone < LOOKED_AT or looked_at >= LOOKED_AT_MOST
end

-- First come those whom an operator wants called, once: beyond the pace and the limit a minute, and not
-- counted there. Then free places go to the rooms where people wait, by weight (smooth weighted round
-- robin). A room where nobody waits saves no turns for later.
local spare = capacity - sessions - places_kept(offers, kept_said, asking)
for _, room in ipairs(rooms) do
  if room.bonus > 0 then
    redis.call('HDEL', room.state, 'bonus')
    room.give = room.paused and 0
        or math.max(0, math.min(room.bonus, room.callable, spare, room.most - room.taken))
    spare = spare - room.give
  end
  room.by_hand = room.give
  room.may = may_come(room.state, room.taken + room.by_hand, now)
  room.want = math.min(room.callable, room.by_hand + room.may)
end
local free = math.min(tonumber(places_said), spare)
local left = free
local in_line = {}
for _, room in ipairs(rooms) do
  if room.paused or room.want <= room.give then
    room.turn = 0
  else
    in_line[#in_line + 1] = room
  end
end
while left > 0 and #in_line > 0 do
  if #in_line == 1 then
    in_line[1].give = in_line[1].give + math.min(left, in_line[1].want - in_line[1].give)
    break
  end
  local total, best = 0, nil
  for place, room in ipairs(in_line) do
    room.turn = room.turn + room.weight
    total = total + room.weight
    if not best or room.turn > in_line[best].turn then
      best = place
    end
  end
  local room = in_line[best]
  room.turn = room.turn - total
  room.give = room.give + 1
  left = left - 1
  if room.give == room.want then
    table.remove(in_line, best)
  end
end

-- The number of the n-th visitor who is there beyond those called.
local function nth_waiting(room, n)
  return nth(n, room.called + 1, room.to, function(chunk, first, last)
    return count_bits(KEYS[room.first_key + chunk - room.from], first, last)
  end) or room.merged
end

-- How many waited up to this number, whether or not they are there.
local function passed_over(room, upto)
  local count = room.give
  if room.out then
    count = 0
    for chunk = chunk_of(room.called + 1), chunk_of(upto) do
      local first = chunk * CHUNK_BITS
      count = count + count_bits(KEYS[room.waiting_key + chunk - room.from],
        math.max(0, room.called + 1 - first), math.min(CHUNK_BITS - 1, upto - first))
    end
  end
  return count
end

local valid_until = string.format('%d', now + tonumber(valid_ms))
local called_now = 0
for _, room in ipairs(rooms) do
  local upto = room.called
  local unmet = room.paused and 0 or math.max(0, room.want - room.give)
  hungry = hungry + unmet
  if room.give > 0 and (room.give < room.callable or room.out) then
    upto = nth_waiting(room, room.give)
  elseif (room.give > 0 or free > 0 and room.may > 0) and not room.paused
      and room.give == room.callable and not room.out then
    -- Everyone who is there is called: up to the last number looked at by the merge, so that the
    -- next to arrive need not wait behind people who have gone.
    upto = room.merged
  end
  if upto > room.called then
    local passed = passed_over(room, upto)
    redis.call('HSET', room.state, 'called' .. room.at, string.format('%d', upto))
    less(room.state, 'waiting', passed)
    redis.call('HINCRBY', room.state, 'offers', room.give)
    -- Also when only absent ones were passed: a place is kept free for who comes back, so long.
    redis.call('ZADD', room.offers_key, string.format('%d', now + room.offer_ms),
      string.format('%d', upto))
    redis.call('PEXPIRE', room.offers_key, KEEP_MS)
    came(room.state, room.give - room.by_hand)
    called_now = called_now + room.give
  end
  redis.call('HSET', room.state, 'turn', room.turn, 'until', valid_until, 'gathers', room.gathers,
    'opens', room.opens, 'open', string.format('%d', room.open),
    'hungry', unmet, 'kept_out', string.format('%d', room.kept_out))
end

local kept = places_kept(offers, kept_said, 0) + called_now
local places = math.max(0, capacity - sessions) + SPARE
if redis.call('ZCARD', firsts) == 0 then
  places = math.max(SPARE, places - kept)
end
local asks = redis.call('ZCARD', turns)
local last = asks > places and redis.call('ZRANGE', turns, places, places, 'WITHSCORES')[2] or 0

-- The kept ones are stored as a count of offers: "all" is a number that only text can carry whole.
redis.call('HSET', pool, 'capacity', capacity_said,
  'until', valid_until, 'sessions', sessions,
  'offers', offers + called_now, 'kept', kept, 'open', last,
  'asking', asking, 'waiting', hungry,
  'places', string.format('%d', tonumber(places_said) - called_now))
redis.call('PEXPIRE', pool, KEEP_MS)
redis.call('PEXPIRE', firsts, KEEP_MS)
redis.call('PEXPIRE', turns, KEEP_MS)
return {'ok', tostring(sessions), tostring(offers + asking + called_now), tostring(called_now),
  p[2] or '0', p[3] or '0'}
