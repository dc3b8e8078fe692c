-- arrive.lua: gives the next numbers of one room's queue to visitors who arrived together, and
-- admits the first of them at once when nobody waits, capacity is free and places are left.
--
-- KEYS[1]  hash    usher:{shop}:pool                        capacity, sessions, offers, kept,
--                                                           asking, waiting, places, at_once
-- KEYS[2]  hash    usher:{shop}:concert:state               issued, called
-- KEYS[3+] bitmap  joined, wait, claimed, in, inside, waiting   each for the chunk and the next one
-- KEYS[15] zset    usher:{shop}:concert:standby              who shall have a number, in order
-- KEYS[16] string  usher:{shop}:concert:block:<replica>      what this replica asked for and was given last
-- ARGV     ..., epoch, presence window, session window, chunk, count, greatest number, last question of
--          this replica that was answered, last one that is over, then what each visitor stands by as,
--          up to the last digits, and those of the first visitor; longest line
-- Returns  {"ok" or "moved", view, first, given, admitted}, or {"held", view} when they stand by
--
-- Why one script: between "nobody waits and a place is free" and "take it" another replica could
-- take it too. Why a block: a crowd of 15,000 in a second costs a few calls, and numbers still
-- follow the order of arrival here, which handing out ranges ahead of time would break.
-- Why nobody may wait in any room of the upstream: free places go to those who wait, by weight;
-- newcomers of an idle room would otherwise take all of them.
-- Why the longest line is minded here: a replica knows the line as of the last tick, and thousands
-- may come between two.
-- Why who arrives while numbers are held back stands by at once: told to come back, they would be
-- overtaken by whoever arrives right after.
-- Why an unanswered block is forgotten: its visitors were told to stand by, and get other numbers. Why
-- the replica says which question was answered last, not which was not: of several in a row that got
-- lost it cannot know which were carried out. Why one that comes late is given nothing: a server that
-- was stopped carries out what the replica has long given up.
-- Why newcomers use up what the last call left of its places: a crowd that meets an empty upstream
-- sees no line, and would else be let in at once as far as capacity goes, however fast.

local now = time_now(ARGV[1])
local view = view_of(KEYS[2], now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
local chunk = chunk_of(view.issued + 1)
if view.epoch ~= ARGV[6]
    or view.presence_window ~= tonumber(ARGV[7])
    or view.session_window ~= tonumber(ARGV[8])
    or chunk ~= tonumber(ARGV[9]) then
  return {'moved', tell(view)}
end

local over = tonumber(ARGV[13])
if last_question(KEYS[16]) > over then
  return {'held', tell(view)}
end
void_unheard(KEYS[16], KEYS[2], view, tonumber(ARGV[12]), over)
if view.settles > now or view.standby > 0 or redis.call('EXISTS', KEYS[15]) == 1 then
  local first = tonumber(ARGV[15])
  for i = 0, tonumber(ARGV[10]) - 1 do
    redis.call('ZADD', KEYS[15], 0, ARGV[14] .. string.format('%08x', first + i))
  end
  redis.call('PEXPIRE', KEYS[15], KEEP_MS)
  redis.call('HSET', KEYS[2], 'standby', 1)
  view.standby = 1
  return {'held', tell(view)}
end

local numbers = math.min(tonumber(ARGV[10]), numbers_left(view, tonumber(ARGV[11])))
local admitted = 0
local p = redis.call('HMGET', KEYS[1], 'capacity', 'until', 'sessions', 'offers', 'waiting',
  'places', 'kept', 'asking')
local s = redis.call('HMGET', KEYS[2], 'paused', 'until', 'waiting')
if s[1] ~= '1'
    and tonumber(p[2] or 0) > now
    and s[2] == p[2] -- else the room is not among those whose sessions were counted
    and view.admits <= now
    and view.called == view.issued
    and tonumber(p[5] or 0) == 0 then
  local free = tonumber(p[1]) - tonumber(p[3] or 0) - places_kept(p[4], p[7], p[8])
  admitted = math.max(0, math.min(numbers, free, tonumber(p[6] or 0)))
end

local joins = math.max(0, tonumber(ARGV[16]) - tonumber(s[3] or 0))
local given = math.min(numbers, admitted + joins)
if given <= 0 then
  return {'ok', tell(view), '0', '0', '0'}
end
local first = view.issued + 1
local last = view.issued + given

set_numbers(KEYS[3], KEYS[4], chunk, first, last)
if admitted > 0 then
  local to = first + admitted - 1
  set_numbers(KEYS[7], KEYS[8], chunk, first, to)
  set_numbers(KEYS[9], KEYS[10], chunk, first, to)
  set_numbers(KEYS[11], KEYS[12], chunk, first, to)
  redis.call('HINCRBY', KEYS[1], 'sessions', admitted)
  redis.call('HINCRBY', KEYS[1], 'places', 0 - admitted)
  redis.call('HINCRBY', KEYS[1], 'at_once', admitted)
  redis.call('HINCRBY', KEYS[2], 'inside' .. view.at, admitted)
  redis.call('HSET', KEYS[2], 'called' .. view.at, string.format('%d', to))
  for key = 9, 10 do
    keep_window(KEYS[key], view.session_window, SESSION_WINDOWS, tonumber(ARGV[3]), ARGV[1])
  end
end
if given > admitted then
  set_numbers(KEYS[5], KEYS[6], chunk, first + admitted, last)
  -- Not left to the next merge: a line read before it would show everyone nobody ahead.
  set_numbers(KEYS[13], KEYS[14], chunk, first + admitted, last)
  redis.call('HINCRBY', KEYS[1], 'waiting', given - admitted)
  redis.call('HINCRBY', KEYS[2], 'waiting', given - admitted)
  for key = 5, 6 do
    keep_window(KEYS[key], view.presence_window, PRESENCE_WINDOWS, tonumber(ARGV[2]), ARGV[1])
  end
end
redis.call('HSET', KEYS[2], 'issued' .. view.at, string.format('%d', last))
redis.call('PEXPIRE', KEYS[1], KEEP_MS)
redis.call('PEXPIRE', KEYS[2], KEEP_MS)
view.issued = last
note_block(KEYS[16], over + 1, view.epoch, string.format('%d-%d', first, last))
return {'ok', tell(view), tostring(first), tostring(given), tostring(admitted)}
