-- work.lua: adds what one replica saw the pods of an upstream do, and tells what all have seen.
--
-- KEYS[1]  hash    usher:{shop}:pool                        fence
-- KEYS[2]  hash    usher:{shop}:warm                        said (when any replica spoke last), learnt, and
--          for each pod p:<name>, its work
-- ARGV     offset, fence or 0, learnt; then of each pod: name, life or "", whether its beginning was
--          witnessed, age ms, answers, late, failed, answers known before, warmth
-- Returns  {"ok", now, learnt, pod, work, ...}
--
-- A work is: life|since|answers|late|failed|warmth|touched.
-- Why a beginning is compared: every replica sees a pod begin anew, one after the other, and it may
-- begin once only; and who has not heard of it yet must not end the new life.
-- Why "known before": a store that has lost the sums gets them back from whoever heard them last.
-- Why only the leader forgets: it alone names all pods each time.

local KEPT_MS = 3600000
local SAME_START_MS = 10000

local now = time_now(ARGV[1])
local leads = ARGV[2] ~= '0' and redis.call('HGET', KEYS[1], 'fence') == ARGV[2]
local at = string.format('%d', now)

if now - tonumber(redis.call('HGET', KEYS[2], 'said') or now) > KEEP_MS then
  redis.call('DEL', KEYS[2])
end

for i = 4, #ARGV, 9 do
  local field, life = 'p:' .. ARGV[i], ARGV[i + 1]
  local since = now - tonumber(ARGV[i + 3])
  local known = tonumber(ARGV[i + 7])
  local text = redis.call('HGET', KEYS[2], field)
  local was = {}
  local old, begins = false, not text
  if text then
    for word in string.gmatch(text, '([^|]*)|?') do
      was[#was + 1] = word
    end
    local another = life ~= '' and was[1] ~= '' and life ~= was[1]
    old = another and since <= tonumber(was[2])
    begins = another
      or (life == '' and ARGV[i + 2] == '1' and since > tonumber(was[2]) + SAME_START_MS)
    if begins then
      known = 0
    end
  end
  if begins then
    was = {life, string.format('%d', since), '0', '0', '0', ARGV[i + 8]}
  end
  if not old then
    redis.call('HSET', KEYS[2], field, table.concat({
      life == '' and was[1] or life,
      was[2],
      string.format('%d', math.max(tonumber(was[3]), known) + tonumber(ARGV[i + 4])),
      string.format('%d', tonumber(was[4]) + tonumber(ARGV[i + 5])),
      string.format('%d', tonumber(was[5]) + tonumber(ARGV[i + 6])),
      leads and ARGV[i + 8] or was[6],
      at}, '|'))
  end
end
if leads then
  redis.call('HSET', KEYS[2], 'learnt', ARGV[3])
end
redis.call('HSET', KEYS[2], 'said', at)
redis.call('PEXPIRE', KEYS[2], KEEP_MS)

local all = redis.call('HGETALL', KEYS[2])
local answer = {'ok', at, ''}
for i = 1, #all, 2 do
  local touched = tonumber(string.match(all[i + 1], '|(%d+)$') or now)
  if all[i] == 'learnt' then
    answer[3] = all[i + 1]
  elseif string.sub(all[i], 1, 2) == 'p:' and leads and now - touched > KEPT_MS then
    redis.call('HDEL', KEYS[2], all[i])
  elseif string.sub(all[i], 1, 2) == 'p:' then
    answer[#answer + 1] = string.sub(all[i], 3)
    answer[#answer + 1] = all[i + 1]
  end
end
return answer
