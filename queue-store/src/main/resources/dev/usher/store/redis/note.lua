-- note.lua: writes down what the leader of an upstream says under a heading, and tells what stands there.
--
-- keys: pool notes
-- args: offset fence heading writes text_to_write
--
-- pool     hash    usher:{shop}:pool                        fence
-- notes    hash    usher:{shop}:notes                       heading -> "ms text"
-- fence            0 for none
-- writes           1 to write; the text is "" for none
-- Returns  {"ok", now, written at or 0, text or ""}
--
-- Why a fence: a leader that was stopped and goes on after its term must not write over what the next one
-- has said since.
-- Why not KEEP_MS: what is written down of a sale must outlive the quiet days before it.

local now = time_now()
local leads = fence ~= '0' and redis.call('HGET', pool, 'fence') == fence
if leads and writes == '1' then
  if text_to_write == '' then
    redis.call('HDEL', notes, heading)
  else
    redis.call('HSET', notes, heading, string.format('%d %s', now, text_to_write))
    redis.call('PEXPIRE', notes, string.format('%d', NOTE_KEPT_MS))
  end
end

local note = redis.call('HGET', notes, heading) or '0 '
local at, text = string.match(note, '^(%d+) (.*)$')
if now - tonumber(at) > NOTE_KEPT_MS then
  at, text = '0', ''
end
return {'ok', string.format('%d', now), at, text}
