-- grant.lua: says which slots of an upstream's pods each replica may have from now on.
--
-- keys: pool slots
-- args: offset fence life version replicas granted | name value
--
-- pool     hash    usher:{shop}:pool                        fence
-- slots    hash    usher:{shop}:slots                       see share.lua
-- life, version    what this was decided from
-- replicas         live ones
-- granted          how many are granted slots
-- name, value      of each of those its slots, then of each to be forgotten the time of its last report
-- Returns  {"ok", version}, version "0" when refused
--
-- Why all or nothing: what one gets is what another gave up. Between the reading and the granting
-- another leader may have granted, the store may have been lost, or a replica believed dead may be
-- back with its slots.

local now = time_now()
local s = redis.call('HMGET', slots, 'life', 'version')
if redis.call('HGET', pool, 'fence') ~= fence or s[1] ~= life or s[2] ~= version then
  return {'ok', '0'}
end
local forget_from = ARGS_FROM + ARGS_EACH * tonumber(granted)
for i = forget_from, #ARGV, ARGS_EACH do
  local report = redis.call('HGET', slots, 'r:' .. ARGV[i + NAME])
  if report and string.match(report, '^%d+') ~= ARGV[i + VALUE] then
    return {'ok', '0'}
  end
end
for i = forget_from, #ARGV, ARGS_EACH do
  redis.call('HDEL', slots, 'r:' .. ARGV[i + NAME], 'g:' .. ARGV[i + NAME])
end
for i = ARGS_FROM, forget_from - 1, ARGS_EACH do
  -- Whoever has left meanwhile needs none.
  if redis.call('HGET', slots, 'r:' .. ARGV[i + NAME]) then
    redis.call('HSET', slots, 'g:' .. ARGV[i + NAME], ARGV[i + VALUE])
  end
end
local next_version = string.format('%d', math.max(tonumber(version) + 1, now))
redis.call('HSET', slots, 'version', next_version, 'replicas', replicas)
redis.call('PEXPIRE', slots, KEEP_MS)
return {'ok', next_version}
