-- work.lua: adds what one replica saw the pods of an upstream do, and tells what all have seen.
--
-- keys: pool warm
-- args: offset fence learnt | name life heard next age_ms answers late failed known warmth
--
-- pool     hash    usher:{shop}:pool                        fence
-- warm     hash    usher:{shop}:warm                        said (when any replica spoke last), learnt, and
--          for each pod p:<name>, its work
-- fence            0 for none
-- life             "" when it is not known
-- heard            since when the life lasts that the replica heard of last; 0 for none
-- next             whether it saw that one end, so that this is a later one
-- known            answers known before
-- Returns  {"ok", now, learnt, pod, work, ...}
--
-- A work is: life|since|answers|late|failed|warmth|touched.
-- Why the replica says what it heard: every replica sees a pod begin anew, one after the other, and
-- it may begin once only, however short its lives are; and who has not heard of it yet must neither
-- end the new life nor add the answers of the old one to it. Names, where there are any, say it too.
-- Why "known before": a store that has lost the sums gets them back from whoever heard them last.
-- Why only the leader forgets: it alone names all pods each time.

local now = time_now()
local leads = fence ~= '0' and redis.call('HGET', pool, 'fence') == fence
local at = string.format('%d', now)

if now - tonumber(redis.call('HGET', warm, 'said') or now) > LEARNT_KEPT_MS then
  redis.call('DEL', warm)
end

for i = ARGS_FROM, #ARGV, ARGS_EACH do
  local field, life = 'p:' .. ARGV[i + NAME], ARGV[i + LIFE]
  local since = now - tonumber(ARGV[i + AGE_MS])
  local known = tonumber(ARGV[i + KNOWN])
  local text = redis.call('HGET', warm, field)
  local was = {}
  local old, begins = false, not text
  if text then
    for word in string.gmatch(text, '([^|]*)|?') do
      was[#was + 1] = word
    end
    local began, heard = tonumber(was[2]), tonumber(ARGV[i + HEARD])
    local next = ARGV[i + NEXT] == '1'
    if life ~= '' and was[1] ~= '' then
      begins = life ~= was[1]
      old = begins and since <= began
    else
      begins = next and began <= heard
      old = not next and heard > 0 and heard < began
    end
    if begins then
      known = 0
      since = math.max(since, began + 1)
    end
  end
  if begins then
    was = {life, string.format('%d', since), '0', '0', '0', ARGV[i + WARMTH]}
  end
  if not old then
    redis.call('HSET', warm, field, table.concat({
      life == '' and was[1] or life,
      was[2],
      string.format('%d', math.max(tonumber(was[3]), known) + tonumber(ARGV[i + ANSWERS])),
      string.format('%d', tonumber(was[4]) + tonumber(ARGV[i + LATE])),
      string.format('%d', tonumber(was[5]) + tonumber(ARGV[i + FAILED])),
      leads and ARGV[i + WARMTH] or was[6],
      at}, '|'))
  end
end
if leads then
  redis.call('HSET', warm, 'learnt', learnt)
end
redis.call('HSET', warm, 'said', at)
redis.call('PEXPIRE', warm, KEEP_MS)

local all = redis.call('HGETALL', warm)
local answer = {'ok', at, ''}
for i = 1, #all, 2 do
  local touched = tonumber(string.match(all[i + 1], '|(%d+)$') or now)
  if all[i] == 'learnt' then
    answer[3] = all[i + 1]
  elseif string.sub(all[i], 1, 2) == 'p:' and leads and now - touched > WORK_KEPT_MS then
    redis.call('HDEL', warm, all[i])
  elseif string.sub(all[i], 1, 2) == 'p:' then
    answer[#answer + 1] = string.sub(all[i], 3)
    answer[#answer + 1] = all[i + 1]
  end
end
return answer
