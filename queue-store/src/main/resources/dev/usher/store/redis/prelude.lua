-- prelude.lua: what the scripts share. It stands before each of them in one text, because a script
-- cannot load another.
--
-- Every script that touches bitmaps is given the keys that its caller believes in: of this epoch,
-- these windows of time, these chunks of numbers. The script knows better (the state and the clock
-- are here), so it first compares, and answers "moved" with the present view when the caller's is
-- old; the caller asks again with the right keys. So every key is passed as a key, as a cluster
-- wants it, and no replica's clock decides anything.
--
-- The head of each script names its keys and arguments in their order, after a | those of which each
-- chunk, room or the like has its own. A name is a local; one after | is in capitals how far it lies from
-- where its chunk begins. KEYS_FROM and ARGS_FROM say where the first begins, KEYS_EACH and ARGS_EACH how
-- many each has. Three dots stand for what all scripts about one queue are given first:
--
-- args: offset presence_ms session_ms lane settle_ms
--
-- Every script is given one key more than its head says, the last, usher:{shop}:clock, and one argument
-- more, what time the caller expects, or nothing. A ! after it says that the caller was asked about it.

local CLOCK = table.remove(KEYS)
local SURE = string.sub(ARGV[#ARGV], -1) == '!'
local EXPECTED = tonumber((string.gsub(table.remove(ARGV), '!', '')))

-- A day after the last touch nobody comes back to a place: KEEP_MS. This and the other constants that
-- are declared nowhere here are Java's, and written before the script: see ScriptConstants.

-- So much later keys are let go of: the clock of another server may be ahead by it.
local AHEAD_MS = 600000
-- Callers say what time they expect by how long ago they last heard it. A clock further ahead was set,
-- or the script lay in a server that was held up: then nobody waits for it any more.
local LEAP_MS = 5000
-- While it is not the server's, time is a tenth faster or slower until it is.
local SLEW = 10
-- How much the time that scripts go by is ahead of the server's clock and the offset.
local clock_shift = 0

-- Milliseconds since 1970 by the store's clock; the offset is 0 but in tests, where hours must pass.
-- Never earlier than any script was told before: windows of presence that are still to come would be
-- empty, and those who are there not be seen. And not later by a leap that nobody waited for, as after
-- a fail-over to a server whose clock is ahead: passes and places would be over. The clock may be set
-- either way, time goes on from where it was, and then comes closer to the clock.
--
-- A caller that expects another time is asked once more, before anything is done: who answers says what
-- it expects by then, and who was held up does not.
local function time_now()
  local t = redis.call('TIME')
  local clock = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000) + tonumber(offset)
  local last, shift, since =
    string.match(redis.call('GET', CLOCK) or '', '^(%d+) (%-?%d+) ?(%d*)$')
  last = tonumber(last or 0)
  since = tonumber(since or '') or clock
  clock_shift = tonumber(shift or 0)
  local closer = math.min(math.abs(clock_shift), math.max(0, math.floor((clock - since) / SLEW)))
  clock_shift = clock_shift + (clock_shift < 0 and closer or 0 - closer)
  since = since + closer * SLEW
  local now = clock + clock_shift
  local leaps = EXPECTED and now - math.max(last, EXPECTED) > LEAP_MS
  local behind = now < last or last == 0 and EXPECTED and EXPECTED - now > LEAP_MS
  if leaps and not SURE then
    error({err = 'LEAP what time is expected?'})
  end
  if leaps or behind then
    now = math.max(last, EXPECTED or 0)
    clock_shift = now - clock
    since = clock
  end
  if now ~= last or leaps or behind then
    local said = string.format('%d %d', now, clock_shift)
    said = clock_shift == 0 and said or said .. string.format(' %d', since)
    redis.call('SET', CLOCK, said, 'PX', KEEP_MS)
  end
  return now
end

-- Whether the visitors of a room gather for an opening, so that nobody comes in.
local function gathers(from, opens, now)
  return tonumber(from or 0) <= now and now < tonumber(opens or 0)
end

local function chunk_of(number)
  return math.floor(number / CHUNK_BITS)
end

-- Which life of which server this is: another one after a restart and after a fail-over, when the
-- last writes may be lost.
local function server_life()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') or ''
end

-- The next epoch is named by the time, so that none, and with it no number, is ever given twice.
local function epoch_by_time(last, now)
  return string.format('%d', math.max(last + 1, math.floor(now / 1000)))
end

-- Begins the room's queue. Nobody gets a number or comes in before the time to settle is over: by
-- then every replica that remembers a queue here has brought it back.
local function found(state, epoch, now)
  local settled = string.format('%d', now + tonumber(settle_ms))
  redis.call('HSET', state, 'epoch', epoch, 'server', server_life(),
    'founded', string.format('%d', now), 'asked', string.format('%d', now), 'settles', settled, 'admits', settled)
  redis.call('PEXPIRE', state, KEEP_MS)
end

-- Where all had forgotten the line, whoever was in it comes back within a window of presence. If nobody
-- could meanwhile, the window begins anew.
local function come_back_later(state, view, now)
  local window = tonumber(presence_ms)
  local s = redis.call('HMGET', state, 'founded', 'restored', 'gathering')
  if not s[2] and view.asked < tonumber(s[1] or 0) + window then
    redis.call('HSET', state, 'founded', string.format('%d', now))
    if s[3] then
      redis.call('HSET', state, 'collects', string.format('%d', now + window))
    end
  end
end

-- Whether the queue still settles, or must begin to. Another server answers than the one that wrote
-- it: the last writes may be missing here, and what was given by them lies in the gap. Or nobody asked
-- for long: who waited could not be seen, and counts as present at the next merge.
local function settling(state, view, now)
  if view.epoch == '0' then
    return true
  end
  local server = settle_ms == '0' and view.server or server_life()
  local outage = settle_ms ~= '0' and now - view.asked > OUTAGE_MS
  if outage then
    come_back_later(state, view, now)
  end
  if outage or view.server ~= server then
    view.settles = now + tonumber(settle_ms)
    view.admits = math.max(view.admits, view.settles)
    if view.server ~= server then
      view.issued = view.issued + GAP
    end
    redis.call('HSET', state, 'server', server, 'asked', string.format('%d', now),
      'settles', string.format('%d', view.settles), 'admits', string.format('%d', view.admits),
      'issued' .. view.at, string.format('%d', view.issued), 'unseen' .. view.at, 1)
  end
  return view.settles > now
end

-- The view of a queue that the caller needs to name the right keys; of epoch 0 when the store knows
-- nothing of it. A caller who gives no time to settle has nothing that could be lost.
local function view_of(state, now)
  if settle_ms == '0' and redis.call('HEXISTS', state, 'epoch') == 0 then
    found(state, epoch_by_time(0, now), now)
  end
  local s = redis.call('HMGET', state, 'epoch', 'older', 'valid_from', 'settles', 'admits',
    'standby', 'server', 'asked', 'looked')
  local epoch = s[1] or '0'
  local at = ':' .. epoch .. ':' .. lane
  local v = redis.call('HMGET', state, 'issued' .. at, 'called' .. at, 'low' .. at)
  local view = {
    epoch = epoch,
    at = at,
    issued = tonumber(v[1] or 0),
    called = tonumber(v[2] or 0),
    low = tonumber(v[3] or 0),
    older = s[2] or '',
    valid_from = tonumber(s[3] or 0),
    settles = tonumber(s[4] or 0),
    admits = tonumber(s[5] or 0),
    standby = tonumber(s[6] or 0),
    server = s[7] or '',
    asked = tonumber(s[8] or now),
    looked = tonumber(s[9] or 0),
    presence_window = math.floor(now / tonumber(presence_ms)),
    session_window = math.floor(now / tonumber(session_ms)),
  }
  view.settling = settling(state, view, now)
  return view
end

-- Whether it is not known who is inside: the queue settles, or nobody has counted since it has settled.
local function uncounted(view)
  return view.settling or settle_ms ~= '0' and view.looked < view.settles
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
    string.format('%d', view.valid_from),
    string.format('%d', view.settles),
    string.format('%d', view.admits),
    string.format('%d', view.standby),
    (settle_ms == '0' or view.looked >= view.settles) and '1' or '0',
  }
end

-- How many numbers may be given now, none being greater than this.
local function numbers_left(view, greatest)
  return math.max(0, math.min(greatest, view.low * CHUNK_BITS + SPAN_MAX) - view.issued)
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

-- Whether the bit of a number is set, in the bitmap of its chunk.
local function has_bit(key, number)
  return redis.call('GETBIT', key, number % CHUNK_BITS) == 1
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

-- Notes sessions of an epoch that is not the current one, or not any more.
local function note_older(state, view, epoch, low, high)
  local older = {}
  for name, from, to in string.gmatch(view.older, '(%d+)/(%d+)/(%d+)') do
    if name == epoch then
      low, high = math.min(low, tonumber(from)), math.max(high, tonumber(to))
    else
      older[#older + 1] = name .. '/' .. from .. '/' .. to
    end
  end
  older[#older + 1] = epoch .. '/' .. string.format('%d', low) .. '/' .. string.format('%d', high)
  view.older = table.concat(older, ' ')
  redis.call('HSET', state, 'older', view.older)
end

-- So many less, but never less than none: of a room whose state was lost the counts begin anew while
-- its bitmaps may still be there, and whoever leaves then would be counted below nobody.
local function less(key, field, count)
  local known = tonumber(redis.call('HGET', key, field) or 0)
  redis.call('HSET', key, field, string.format('%d', math.max(0, known - count)))
end

-- Begins the next epoch: the line is gone, sessions go on and count until they end.
local function next_epoch(pool, state, view, epoch)
  local s = redis.call('HMGET', state, 'waiting', 'offers', 'asking', 'kept_out', 'hungry')
  local offers, asking = tonumber(s[2] or 0), tonumber(s[3] or 0)
  -- Whom the limit of the room keeps out the last step did not count, and who asks it counts first.
  local counted = math.max(0, offers + asking - tonumber(s[4] or 0))
  less(pool, 'waiting', tonumber(s[5] or 0))
  less(pool, 'asking', math.min(asking, counted))
  less(pool, 'offers', counted - math.min(asking, counted))
  if view.issued > 0 then
    note_older(state, view, view.epoch, view.low, chunk_of(view.issued))
  end
  redis.call('HSET', state, 'epoch', epoch, 'waiting', 0, 'hungry', 0, 'offers', 0, 'asking', 0, 'merged', 0,
    'turn', 0, 'open', 0, 'kept_out', 0)
  redis.call('PEXPIRE', pool, KEEP_MS)
  redis.call('PEXPIRE', state, KEEP_MS)
end

-- Adds these bits to a bitmap.
local function add_bits(key, scratch, bits)
  if bits ~= '' then
    redis.call('SET', scratch, bits)
    redis.call('BITOP', 'OR', key, key, scratch)
    redis.call('PEXPIRE', key, KEEP_MS)
  end
end

-- What is noted of a replica's questions for numbers: the last one that was carried out or given up,
-- and the epoch and the numbers given for it, "0 -" for none.
local function note_block(block, question, epoch, numbers)
  redis.call('SET', block, string.format('%d %s %s', question, epoch, numbers), 'PX', KEEP_MS)
end

-- The last question of a replica that is over here.
local function last_question(block)
  return tonumber(string.match(redis.call('GET', block) or '', '^%d+') or 0)
end

-- Forgets the numbers of a question that its replica has given up: their visitors stand by. From then
-- on that question is over, also when it is carried out only later.
local function void_unheard(block, state, view, answered, over)
  local last, epoch, numbers = string.match(redis.call('GET', block) or '', '^(%d+) (%d+) (%S+)$')
  last = tonumber(last or 0)
  if last > over then
    return
  end
  if numbers and numbers ~= '-' and last > answered
      and (epoch == view.epoch or is_older(view, epoch)) then
    local field = 'void:' .. epoch .. ':' .. lane
    local voids = redis.call('HGET', state, field)
    redis.call('HSET', state, field, voids and voids .. ' ' .. numbers or numbers)
  end
  note_block(block, over, '0', '-')
end

-- Places of an upstream that nobody else may have: for called visitors as many as are expected to
-- claim, for who was told "full" and asks always.
local function places_kept(offers, kept, asking)
  return math.min(tonumber(offers or 0), tonumber(kept or 0)) + tonumber(asking or 0)
end

-- Most that an operator lets into a room until the next step of calling, when so many of its places are
-- taken; and what is saved up of so many a minute: for two seconds at most, two visitors of few, as else what each
-- step leaves over would be lost. A room without limits has nothing here.
local function may_come(state, taken, now)
  local s = redis.call('HMGET', state, 'most', 'minute', 'credit', 'credit_at')
  local may = s[1] and tonumber(s[1]) - taken or math.huge
  if s[2] then
    local minute = tonumber(s[2])
    local most = minute == 0 and 0 or math.max(2, minute / 30)
    local credit = tonumber(s[3] or 0) + minute * (now - tonumber(s[4] or now)) / 60000
    credit = math.min(most, credit)
    redis.call('HSET', state, 'credit', string.format('%.6f', credit),
      'credit_at', string.format('%d', now))
    may = math.min(may, math.floor(credit))
  end
  if s[1] or s[2] then
    may = math.max(0, may)
    redis.call('HSET', state, 'left', string.format('%d', may))
  end
  return may
end

-- Whether a called visitor is kept out because an operator lets the room have no more sessions: those
-- who are called come in by number as its places fall free.
local function is_kept_out(state, view, number)
  local s = redis.call('HMGET', state, 'most', 'open')
  local open = tonumber(s[2] or 0)
  if not s[1] or open > 0 and number >= open then
    return s[1] ~= false
  end
  local inside = tonumber(redis.call('HGET', state, 'inside' .. view.at) or 0)
  for epoch in string.gmatch(view.older, '(%d+)/%d+/%d+') do
    inside = inside + tonumber(redis.call('HGET', state, 'inside:' .. epoch .. ':' .. lane) or 0)
  end
  return inside >= tonumber(s[1])
end

-- Whether the place of a called visitor is among those of all rooms, offered or asked for: the last step
-- did not count whom the limit of the room keeps out.
local function counts_here(state, number)
  local open = tonumber(redis.call('HGET', state, 'open') or 0)
  return open == 0 or number < open
end

-- So many of them came or were called.
local function came(state, count)
  local s = redis.call('HMGET', state, 'most', 'minute', 'left', 'credit')
  if count > 0 and (s[1] or s[2]) then
    redis.call('HSET', state, 'left', string.format('%d', tonumber(s[3] or 0) - count),
      'credit', string.format('%.6f', tonumber(s[4] or 0) - count))
  end
end

-- A window is kept until the last window that looks back at it is over, by a clock that may be set ahead.
local function keep_window(key, window, windows, length_ms)
  local until_then = (window + windows) * tonumber(length_ms) - tonumber(offset) - clock_shift
  redis.call('PEXPIREAT', key, string.format('%d', until_then + AHEAD_MS))
end
