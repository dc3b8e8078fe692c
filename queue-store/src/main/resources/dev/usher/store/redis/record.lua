-- record.lua: adds a line to a record of what was done with the rooms of an upstream, or tells its last lines.
--
-- keys: record
-- args: offset entry
--
-- record   list    usher:{shop}:record or :endings          the newest first
-- entry            the line, or "" to tell the lines
-- Returns  {"ok"}, or {"ok", lines}
--
-- Why a line is not answered with all of them: a shop may end thousands of sessions, each with a line.
-- Why not KEEP_MS: who asks what happened at a sale often asks weeks later.

time_now()
if entry == '' then
  return {'ok', redis.call('LRANGE', record, 0, RECORD_MAX - 1)}
end
redis.call('LPUSH', record, entry)
redis.call('LTRIM', record, 0, RECORD_MAX - 1)
redis.call('PEXPIRE', record, string.format('%d', LIVE_KEPT_MS))
return {'ok'}
