-- share.lua: takes one replica's report of the slots it holds of the pods of an upstream, and tells
-- what it may have; whoever leads is told what all have.
--
-- keys: pool slots
-- args: offset replica fence sequence life_told version_told quarantine_ms demand held
-- args: lasting left
--
-- pool     hash    usher:{shop}:pool                        fence
-- slots    hash    usher:{shop}:slots                       life, version, touched, learning, lost,
--          replicas, and for each replica r:<name>, its report, and g:<name>, its grant
-- fence            0 for none
-- life_told, version_told   what its slots are from, 0 for none
-- Returns  {"ok", life, version, learning until, leads, replicas, grant, now}, and for who leads of each
--          replica: name, report, grant; a grant is "-" when there is none
--
-- A report is: time|sequence|quarantine|demand|held|told|lasting|left; held, told and lasting are
-- "pod count pod count", demand is -1 for a replica that has left. Lasting and left say how much of
-- it stays in flight if the replica dies, see Stays; a replica of an earlier version leaves them out,
-- and reads no further than told.
-- Why the grant is noted as told: from this answer on the replica may obey it, though its report,
-- made before, does not say so. A later leader must not count less.
-- Why a life: a store that was lost knows of no slots, but the replicas still have theirs. Whoever
-- has slots of another life, or of a later version than ours, has seen what this store has not; from
-- then on nobody gets more than it holds until all live replicas have reported.
-- Why also after a pause: if nobody reported for a lease, the store was away. All reports are old
-- then, and those of the living must not be taken for those of the dead. Nothing was lost, and who
-- lives is back sooner than it takes to hear of all after a loss.

local now = time_now()
local me = replica
local told_life = tonumber(life_told)
local told_version = tonumber(version_told)
local s = redis.call('HMGET', slots, 'life', 'version', 'touched', 'learning', 'lost', 'replicas')
local life = tonumber(s[1] or 0)
local version = tonumber(s[2] or 0)
local touched = tonumber(s[3] or 0)
local learning = tonumber(s[4] or 0)
local lost = s[5] == '1'
local replicas = s[6] or '0'

if told_life > life or (told_life == life and told_version > version) then
  redis.call('DEL', slots)
  life = math.max(told_life + 1, life + 1, now)
  version, touched, replicas, lost = 0, 0, '0', true
  learning = now + LEARNING_MS
elseif told_life > 0 and told_life < life and not lost then
  lost = true
  learning = now + LEARNING_MS
elseif life == 0 then
  life = now
end

if touched > 0 and now - touched > LEASE_MS then
  local all = redis.call('HGETALL', slots)
  for i = 1, #all, 2 do
    if string.sub(all[i], 1, 2) == 'r:' and all[i] ~= 'r:' .. me then
      learning = math.max(learning, now + BACK_MS)
    end
  end
end

local mine = redis.call('HMGET', slots, 'r:' .. me, 'g:' .. me)
local grant = mine[2] or '-'
local before = mine[1] and tonumber(string.match(mine[1], '^%d+|(%d+)|')) or 0
-- A report that a broken connection delivers late says what was true before a later one.
if tonumber(sequence) > before then
  local told = grant == '-' and '' or grant
  redis.call('HSET', slots, 'r:' .. me, string.format('%d', now) .. '|' .. sequence .. '|'
    .. quarantine_ms .. '|' .. demand .. '|' .. held .. '|' .. told .. '|' .. lasting .. '|'
    .. left)
end
redis.call('HSET', slots, 'life', string.format('%d', life),
  'version', string.format('%d', version), 'touched', string.format('%d', now),
  'learning', string.format('%d', learning), 'lost', lost and '1' or '0', 'replicas', replicas)
redis.call('PEXPIRE', slots, KEEP_MS)

local leads = fence ~= '0' and redis.call('HGET', pool, 'fence') == fence
local answer = {'ok', string.format('%d', life), string.format('%d', version),
  string.format('%d', learning), leads and '1' or '0', replicas, grant, string.format('%d', now)}
if leads then
  local all = redis.call('HGETALL', slots)
  local grants = {}
  for i = 1, #all, 2 do
    if string.sub(all[i], 1, 2) == 'g:' then
      grants[string.sub(all[i], 3)] = all[i + 1]
    end
  end
  for i = 1, #all, 2 do
    if string.sub(all[i], 1, 2) == 'r:' then
      local name = string.sub(all[i], 3)
      table.insert(answer, name)
      table.insert(answer, all[i + 1])
      table.insert(answer, grants[name] or '-')
    end
  end
end
return answer
