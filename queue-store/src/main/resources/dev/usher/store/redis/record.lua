-- record.lua: adds a line to the record of who changed what in the rooms of an upstream, and tells the last.
--
-- keys: record
-- args: offset entry
--
-- record   list    usher:{shop}:record                      the newest first
-- entry            the line, or "" for none
-- Returns  {"ok", lines}
--
-- Why not KEEP_MS: who asks what happened at a sale often asks weeks later.

time_now()
if entry ~= '' then
  redis.call('LPUSH', record, entry)
  redis.call('LTRIM', record, 0, RECORD_MAX - 1)
  redis.call('PEXPIRE', record, string.format('%d', LIVE_KEPT_MS))
end
return {'ok', redis.call('LRANGE', record, 0, RECORD_MAX - 1)}
