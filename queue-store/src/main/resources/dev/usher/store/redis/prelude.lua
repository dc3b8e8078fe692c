-- prelude.lua: what the scripts share. It stands before each of them in one text, because a script
-- cannot load another.
--
-- Every script that touches bitmaps is given the keys that its caller believes in: of this epoch,
-- these windows of time, these chunks of numbers. The script knows better (the state and the clock
-- are here), so it first compares, and answers "moved" with the present view when the caller's is
-- old; the caller asks again with the right keys. So every key is passed as a key, as a cluster
-- wants it, and no replica's clock decides anything.

local PRESENCE_WINDOWS = 3
local SESSION_WINDOWS = 5
local CHUNK_BITS = 65536
local CHUNK_BYTES = 8192
-- A day after the last touch nobody comes back to a place.
local KEEP_MS = 86400000

-- Milliseconds since 1970 by the store's clock; the offset is 0 but in tests, where hours must pass.
local function time_now(offset)
  local t = redis.call('TIME')
  return tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000) + tonumber(offset)
end

local function chunk_of(number)
  return math.floor(number / CHUNK_BITS)
end

-- A room that was never seen, or was lost with the store, starts an epoch named by the time: so no
-- epoch, and with it no number, is ever given twice.
local function epoch_of(state, now)
  local epoch = redis.call('HGET', state, 'epoch')
  if not epoch then
    epoch = string.format('%d', math.max(1, math.floor(now / 1000)))
    redis.call('HSET', state, 'epoch', epoch)
    redis.call('PEXPIRE', state, KEEP_MS)
  end
  return epoch
end

-- The view of a queue that the caller needs to name the right keys.
local function view_of(state, lane, now, presence_ms, session_ms)
  local epoch = epoch_of(state, now)
  local at = ':' .. epoch .. ':' .. lane
  local v = redis.call('HMGET', state, 'issued' .. at, 'called' .. at, 'low' .. at, 'older')
  return {
    epoch = epoch,
    at = at,
    issued = tonumber(v[1] or 0),
    called = tonumber(v[2] or 0),
    low = tonumber(v[3] or 0),
    older = v[4] or '',
    presence_window = math.floor(now / presence_ms),
    session_window = math.floor(now / session_ms),
  }
end

-- As an answer; numbers as text, because a Lua number would be cut to 32 bits on some builds.
local function tell(view)
  return {
    view.epoch,
    string.format('%d', view.issued),
    string.format('%d', view.called),
    string.format('%d', view.low),
    string.format('%d', view.presence_window),
    string.format('%d', view.session_window),
    view.older,
  }
end

-- Makes a chunk at its full size. SETBIT would let it grow by doubling, up to twice the size.
local function make_chunk(key)
  if redis.call('EXISTS', key) == 0 then
    redis.call('SET', key, string.rep('\0', CHUNK_BYTES), 'PX', KEEP_MS)
  end
end

local function set_bit(key, number)
  make_chunk(key)
  return redis.call('SETBIT', key, number % CHUNK_BITS, 1)
end

-- Sets the bits first to last of one chunk, offsets within it: whole bytes at once.
local function set_range(key, first, last)
  make_chunk(key)
  while first <= last and first % 8 ~= 0 do
    redis.call('SETBIT', key, first, 1)
    first = first + 1
  end
  while last >= first and last % 8 ~= 7 do
    redis.call('SETBIT', key, last, 1)
    last = last - 1
  end
  if first <= last then
    redis.call('SETRANGE', key, first / 8, string.rep('\255', (last - first + 1) / 8))
  end
end

-- Sets the bits of the numbers first to last, which lie in the two chunks of these keys.
local function set_numbers(key_low, key_high, low_chunk, first, last)
  local border = (low_chunk + 1) * CHUNK_BITS
  if first < border and first <= last then
    set_range(key_low, first % CHUNK_BITS, math.min(last, border - 1) % CHUNK_BITS)
  end
  if last >= border and first <= last then
    set_range(key_high, math.max(first, border) % CHUNK_BITS, last % CHUNK_BITS)
  end
end

local function count_bits(key, first, last)
  if first > last then
    return 0
  end
  return redis.call('BITCOUNT', key, first, last, 'BIT')
end

-- Whether sessions of this older epoch still count. The list names each with the chunks its
-- sessions lie in, "epoch/lowest/highest", so that the caller can name their keys.
local function is_older(view, epoch)
  return string.find(' ' .. view.older, ' ' .. epoch .. '/', 1, true) ~= nil
end

-- Places of an upstream that nobody else may have: for called visitors as many as are expected to
-- claim, for who was told "full" and asks always.
local function places_kept(offers, kept, asking)
  return math.min(tonumber(offers or 0), tonumber(kept or 0)) + tonumber(asking or 0)
end

-- A window is kept until the last window that looks back at it is over.
local function keep_window(key, window, windows, length_ms, offset)
  redis.call('PEXPIREAT', key, string.format('%d', (window + windows) * length_ms - tonumber(offset)))
end
