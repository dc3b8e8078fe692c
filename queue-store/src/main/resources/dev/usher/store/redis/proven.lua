-- proven.lua: notes that the pods of one version have proven what they bear, and tells which have.
--
-- KEYS[1]  hash    usher:{shop}:proven                      version -> ms at which it was noted
-- ARGV     offset, version or ""
-- Returns  {"ok", version, ...}
--
-- Why not KEEP_MS: nobody comes back to a place after a day, but an upstream may be idle for weeks
-- between two sales. Why a limit: an upstream rolled out every hour leaves 720 versions in 30 days.

local KEPT_MS = 2592000000
local MOST = 20

local now = time_now(ARGV[1])
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[1], ARGV[2], string.format('%d', now))
  redis.call('PEXPIRE', KEYS[1], string.format('%d', KEPT_MS))
end

local all = redis.call('HGETALL', KEYS[1])
local proofs = {}
for i = 1, #all, 2 do
  table.insert(proofs, {version = all[i], at = tonumber(all[i + 1])})
end
table.sort(proofs, function(a, b)
  return a.at > b.at or (a.at == b.at and a.version < b.version)
end)

local answer = {'ok'}
for i, proof in ipairs(proofs) do
  if i <= MOST and now - proof.at <= KEPT_MS then
    table.insert(answer, proof.version)
  else
    redis.call('HDEL', KEYS[1], proof.version)
  end
end
return answer
