-- arrive.lua: gives the next numbers of one room's queue to visitors who arrived together, and
-- admits the first of them at once when nobody waits for a place, capacity is free and places are left.
--
-- keys: pool state joined joined_next wait wait_next claimed claimed_next in_window in_window_next
-- keys: inside inside_next waiting waiting_next standby block
-- args: ... epoch presence_window session_window chunk_seen count greatest answered over_said
-- args: rank_of_all sequence waiting_max
--
-- pool     hash    usher:{shop}:pool                        capacity, sessions, offers, kept,
--                                                           asking, waiting, places, at_once
-- state    hash    usher:{shop}:concert:state               issued, called, hungry
-- joined, wait, claimed, in_window, inside, waiting   bitmaps   each for the chunk and the next one
-- standby  zset    usher:{shop}:concert:standby              who shall have a number, in order
-- block    string  usher:{shop}:concert:block:<replica>      what this replica asked for and was given last
-- chunk_seen       the chunk of the next number, as the caller knows it
-- greatest         the greatest number there is
-- answered         the last question of this replica that was answered; over_said: the last that is over
-- rank_of_all      what each visitor stands by as, up to the last digits; sequence: those of the first
-- waiting_max      the longest line
-- Returns  {"ok" or "moved", view, first, given, admitted}, or {"held", view} when they stand by
--
-- Why one script: between "nobody waits and a place is free" and "take it" another replica could
-- take it too. Why a block: a crowd of 15,000 in a second costs a few calls, and numbers still
-- follow the order of arrival here, which handing out ranges ahead of time would break.
-- Why nobody may wait for a place in any room of the upstream: free places go to those who wait, by weight;
-- newcomers of an idle room would otherwise take all of them. Who waits in a room that is paused, gathers
-- people or is limited waits for something else, and leaves free places to others.
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

local now = time_now()
local view = view_of(state, now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
local chunk = chunk_of(view.issued + 1)
if view.epoch ~= epoch
    or view.presence_window ~= tonumber(presence_window)
    or view.session_window ~= tonumber(session_window)
    or chunk ~= tonumber(chunk_seen) then
  return {'moved', tell(view)}
end

local over = tonumber(over_said)
if last_question(block) > over then
  return {'held', tell(view)}
end
void_unheard(block, state, view, tonumber(answered), over)
if view.settles > now or view.standby > 0 or redis.call('EXISTS', standby) == 1 then
  local first = tonumber(sequence)
  for i = 0, tonumber(count) - 1 do
    redis.call('ZADD', standby, 0, rank_of_all .. string.format('%08x', first + i))
  end
  redis.call('PEXPIRE', standby, KEEP_MS)
  redis.call('HSET', state, 'standby', 1)
  view.standby = 1
  return {'held', tell(view)}
end

local numbers = math.min(tonumber(count), numbers_left(view, tonumber(greatest)))
local admitted, left_over = 0, math.huge
local p = redis.call('HMGET', pool, 'capacity', 'until', 'sessions', 'offers', 'waiting',
  'places', 'kept', 'asking')
local s = redis.call('HMGET', state, 'paused', 'until', 'waiting', 'gathers', 'opens', 'most',
  'minute', 'left')
local shut = s[1] == '1' or gathers(s[4], s[5], now)
if s[6] or s[7] then
  left_over = tonumber(s[8] or 0)
end
if not shut
    and tonumber(p[2] or 0) > now
    and s[2] == p[2] -- else the room is not among those whose sessions were counted
    and view.admits <= now
    and view.called == view.issued
    and tonumber(p[5] or 0) == 0 then
  local free = tonumber(p[1]) - tonumber(p[3] or 0) - places_kept(p[4], p[7], p[8])
  admitted = math.max(0, math.min(numbers, free, tonumber(p[6] or 0), left_over))
end

local joins = math.max(0, tonumber(waiting_max) - tonumber(s[3] or 0))
local given = math.min(numbers, admitted + joins)
if given <= 0 then
  return {'ok', tell(view), '0', '0', '0'}
end
local first = view.issued + 1
local last = view.issued + given

set_numbers(joined, joined_next, chunk, first, last)
if admitted > 0 then
  local to = first + admitted - 1
  set_numbers(claimed, claimed_next, chunk, first, to)
  set_numbers(in_window, in_window_next, chunk, first, to)
  set_numbers(inside, inside_next, chunk, first, to)
  came(state, admitted)
  redis.call('HINCRBY', pool, 'sessions', admitted)
  redis.call('HINCRBY', pool, 'places', 0 - admitted)
  redis.call('HINCRBY', pool, 'at_once', admitted)
  redis.call('HINCRBY', state, 'inside' .. view.at, admitted)
  redis.call('HSET', state, 'called' .. view.at, string.format('%d', to))
  keep_window(in_window, view.session_window, SESSION_WINDOWS, session_ms)
  keep_window(in_window_next, view.session_window, SESSION_WINDOWS, session_ms)
end
if given > admitted then
  set_numbers(wait, wait_next, chunk, first + admitted, last)
  -- Not left to the next merge: a line read before it would show everyone nobody ahead.
  set_numbers(waiting, waiting_next, chunk, first + admitted, last)
  redis.call('HINCRBY', state, 'waiting', given - admitted)
  if not shut and left_over > admitted then
    redis.call('HINCRBY', state, 'hungry', given - admitted)
    redis.call('HINCRBY', pool, 'waiting', given - admitted)
  end
  keep_window(wait, view.presence_window, PRESENCE_WINDOWS, presence_ms)
  keep_window(wait_next, view.presence_window, PRESENCE_WINDOWS, presence_ms)
end
redis.call('HSET', state, 'issued' .. view.at, string.format('%d', last))
redis.call('PEXPIRE', pool, KEEP_MS)
redis.call('PEXPIRE', state, KEEP_MS)
view.issued = last
note_block(block, over + 1, view.epoch, string.format('%d-%d', first, last))
return {'ok', tell(view), tostring(first), tostring(given), tostring(admitted)}
