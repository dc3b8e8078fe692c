-- note.lua: writes down what the leader of an upstream says under a heading, and tells what stands there.
--
-- KEYS[1]  hash    usher:{shop}:pool                        fence
-- KEYS[2]  hash    usher:{shop}:notes                       heading -> "ms text"
-- ARGV     offset, fence or 0, heading, 1 to write, text or "" for none
-- Returns  {"ok", now, written at or 0, text or ""}
--
-- Why a fence: a leader that was stopped and goes on after its term must not write over what the next one
-- has said since.
-- Why not KEEP_MS: what is written down of a sale must outlive the quiet days before it.

local KEPT_MS = 2592000000

local now = time_now(ARGV[1])
local leads = ARGV[2] ~= '0' and redis.call('HGET', KEYS[1], 'fence') == ARGV[2]
if leads and ARGV[4] == '1' then
  if ARGV[5] == '' then
    redis.call('HDEL', KEYS[2], ARGV[3])
  else
    redis.call('HSET', KEYS[2], ARGV[3], string.format('%d %s', now, ARGV[5]))
    redis.call('PEXPIRE', KEYS[2], string.format('%d', KEPT_MS))
  end
end

local note = redis.call('HGET', KEYS[2], ARGV[3]) or '0 '
local at, text = string.match(note, '^(%d+) (.*)$')
if now - tonumber(at) > KEPT_MS then
  at, text = '0', ''
end
return {'ok', string.format('%d', now), at, text}
