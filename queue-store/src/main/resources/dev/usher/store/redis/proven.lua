-- proven.lua: notes that the pods of one version have proven what they bear, and tells which have.
--
-- keys: proven
-- args: offset version
--
-- proven   hash    usher:{shop}:proven                      version -> ms at which it was noted
-- version          "" for none
-- Returns  {"ok", version, ...}
--
-- Why not KEEP_MS: nobody comes back to a place after a day, but an upstream may be idle for weeks
-- between two sales. Why a limit: an upstream rolled out every hour leaves 720 versions in 30 days.

local now = time_now()
if version ~= '' then
  redis.call('HSET', proven, version, string.format('%d', now))
  redis.call('PEXPIRE', proven, string.format('%d', PROVEN_KEPT_MS))
end

local all = redis.call('HGETALL', proven)
local proofs = {}
for i = 1, #all, 2 do
  table.insert(proofs, {version = all[i], at = tonumber(all[i + 1])})
end
table.sort(proofs, function(a, b)
  return a.at > b.at or (a.at == b.at and a.version < b.version)
end)

local answer = {'ok'}
for i, proof in ipairs(proofs) do
  if i <= VERSIONS_MOST and now - proof.at <= PROVEN_KEPT_MS then
    table.insert(answer, proof.version)
  else
    redis.call('HDEL', proven, proof.version)
  end
end
return answer
