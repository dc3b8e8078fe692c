-- live.lua: tells what operators have set for the rooms of an upstream, sees that it is in force, and sets
-- something new.
--
-- keys: live record | room_state
-- args: offset sets entry calls | room known words
--
-- live       hash    usher:{shop}:live                      room -> "ms words"
-- record     list    usher:{shop}:record                    who changed what, the newest first
-- room_state hash    usher:{shop}:concert:state             of each room: paused, most, minute, bonus
-- sets               1 to set, 0 to tell
-- entry              a line for the record
-- calls              visitors to call once
-- room ...           for each room: its name, the time of what the caller knows or 0, and the words:
--                    paused, sold out (1 an operator says so, 2 the shop), sessions, a minute, message,
--                    after one more blank if it stood before the pause
-- Returns  {"ok", 1 if it was set, then for each room: time or 0, words}
--
-- Why the later one stands: a store that lost everything, or its last writes, is told again by whoever
-- still knows, and several may know of different times.
-- Why only from what the caller saw last: of two operators who change a room at the same moment, one
-- would undo what the other did without knowing of it.
-- Why the state carries it too: claims and arrivals between two steps of calling must go by it at once.
-- Why not in a state that is missing: the room settles, and is told to be there by whoever restores it.
-- Why not KEEP_MS: what is set for a sale must outlive the quiet days before it.

local now = time_now()

-- Only what differs is written: every replica asks five times a second.
local function put(state, field, value)
  if redis.call('HGET', state, field) ~= value then
    if value then
      redis.call('HSET', state, field, value)
    else
      redis.call('HDEL', state, field)
    end
    return true
  end
  return false
end

local function limit(word)
  return word ~= '-1' and word or false
end

local answer = {'ok', '0'}
for key = KEYS_FROM, #KEYS do
  local state = KEYS[key]
  local a = ARGS_FROM + (key - KEYS_FROM) * ARGS_EACH
  local name = ARGV[a + ROOM]
  local at, words = string.match(redis.call('HGET', live, name) or '0 ', '^(%d+) (.*)$')
  local known = tonumber(ARGV[a + KNOWN])
  if sets == '1' and tonumber(at) == known then
    at, words = string.format('%d', math.max(now, known + 1)), ARGV[a + WORDS]
    redis.call('HSET', live, name, at .. ' ' .. words)
    redis.call('LPUSH', record, entry)
    redis.call('LTRIM', record, 0, RECORD_MAX - 1)
    redis.call('PEXPIRE', record, string.format('%d', LIVE_KEPT_MS))
    if calls ~= '0' and redis.call('EXISTS', state) == 1 then
      redis.call('HINCRBY', state, 'bonus', calls)
    end
    answer[2] = '1'
  elseif sets ~= '1' and known > tonumber(at) then
    at, words = ARGV[a + KNOWN], ARGV[a + WORDS]
    redis.call('HSET', live, name, at .. ' ' .. words)
  end
  if at ~= '0' and redis.call('EXISTS', state) == 1 then
    local paused, out, most, minute = string.match(words, '^(%d) (%d) (%S+) (%S+) ')
    put(state, 'paused', (paused == '1' or out ~= '0') and '1' or '0')
    local sessions = put(state, 'most', limit(most))
    if put(state, 'minute', limit(minute)) or sessions then
      -- Until the next step of calling has worked out how many may come in.
      redis.call('HSET', state, 'left', '0', 'credit', '0', 'credit_at', string.format('%d', now))
    end
  end
  answer[#answer + 1] = at
  answer[#answer + 1] = words
end
redis.call('PEXPIRE', live, string.format('%d', LIVE_KEPT_MS))
return answer
