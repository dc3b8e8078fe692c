-- grant.lua: says which slots of an upstream's pods each replica may have from now on.
--
-- KEYS[1]  hash    usher:{shop}:pool                        fence
-- KEYS[2]  hash    usher:{shop}:slots                       see share.lua
-- ARGV     offset, fence, life and version that this was decided from, live replicas, how
--          many are granted slots, for each of them name and slots, then for each replica to be
--          forgotten name and time of its last report
-- Returns  {"ok", version}, version "0" when refused
--
-- Why all or nothing: what one gets is what another gave up. Between the reading and the granting
-- another leader may have granted, the store may have been lost, or a replica believed dead may be
-- back with its slots.

local now = time_now(ARGV[1])
local s = redis.call('HMGET', KEYS[2], 'life', 'version')
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] or s[1] ~= ARGV[3] or s[2] ~= ARGV[4] then
  return {'ok', '0'}
end
local forget_from = 7 + 2 * tonumber(ARGV[6])
for i = forget_from, #ARGV, 2 do
  local report = redis.call('HGET', KEYS[2], 'r:' .. ARGV[i])
  if report and string.match(report, '^%d+') ~= ARGV[i + 1] then
    return {'ok', '0'}
  end
end
for i = forget_from, #ARGV, 2 do
  redis.call('HDEL', KEYS[2], 'r:' .. ARGV[i], 'g:' .. ARGV[i])
end
for i = 7, forget_from - 1, 2 do
  -- Whoever has left meanwhile needs none.
  if redis.call('HGET', KEYS[2], 'r:' .. ARGV[i]) then
    redis.call('HSET', KEYS[2], 'g:' .. ARGV[i], ARGV[i + 1])
  end
end
local version = string.format('%d', math.max(tonumber(ARGV[4]) + 1, now))
redis.call('HSET', KEYS[2], 'version', version, 'replicas', ARGV[5])
redis.call('PEXPIRE', KEYS[2], KEEP_MS)
return {'ok', version}
