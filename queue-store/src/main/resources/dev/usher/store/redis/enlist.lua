-- enlist.lua: lets visitors stand by for a number who have none of this epoch, and tells who has been
-- given one meanwhile.
--
-- KEYS[1]  hash    usher:{shop}:pool
-- KEYS[2]  hash    usher:{shop}:concert:state
-- KEYS[3]  zset    usher:{shop}:concert:standby              in the order in which they get numbers
-- KEYS[4]  hash    usher:{shop}:concert:enlisted:<e>:<l>     numbers given, by what one stood by as
-- KEYS[5]  string  usher:{shop}:concert:block:<replica>
-- ARGV     ..., epoch, last question of this replica for numbers that was answered, last one that is
--          over, for how many ms all numbers are held back so that other replicas can bring those who
--          stand by, 1 when some of these hold places of older epochs, then what each stands by as
-- Returns  {"ok" or "moved", view, a number for each, 0 for none yet}
--
-- Why places of older epochs hold back all numbers while the epoch is young: the store and every
-- replica have lost the line; who was in it comes back within a window of presence, and gets a number
-- before everyone else, in the old order.

local now = time_now(ARGV[1])
local view = view_of(KEYS[2], now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
if view.epoch ~= ARGV[6] then
  return {'moved', tell(view)}
end
local s = redis.call('HMGET', KEYS[2], 'founded', 'restored', 'gathering')
local until_gathered = tonumber(s[1]) + tonumber(ARGV[2])
if ARGV[10] == '1' and not s[2] and not s[3] and now < until_gathered then
  local held = string.format('%d', until_gathered)
  local admits = string.format('%d', math.max(view.admits,
    tonumber(s[1]) + (SESSION_WINDOWS - 1) * tonumber(ARGV[3])))
  redis.call('HSET', KEYS[2], 'gathering', 1, 'collects', held, 'admits', admits)
  if view.issued > 0 then
    -- Who came since then stands behind them, by the place that was given too early.
    next_epoch(KEYS[1], KEYS[2], view, epoch_by_time(tonumber(view.epoch), now))
    return {'moved', tell(view_of(KEYS[2], now))}
  end
end
void_unheard(KEYS[5], KEYS[2], view, tonumber(ARGV[7]), tonumber(ARGV[8]))

local answer = {}
local added = 0
for i = 11, #ARGV do
  local number = redis.call('HGET', KEYS[4], ARGV[i])
  if not number then
    added = added + redis.call('ZADD', KEYS[3], 0, ARGV[i])
  end
  answer[#answer + 1] = number or '0'
end
if added > 0 then
  local collects = tonumber(redis.call('HGET', KEYS[2], 'collects') or 0)
  if view.standby == 0 then
    collects = math.max(collects, now + tonumber(ARGV[9]))
  end
  view.standby = 1
  redis.call('HSET', KEYS[2], 'standby', 1, 'collects', string.format('%d', collects))
  redis.call('PEXPIRE', KEYS[3], KEEP_MS)
end
return {'ok', tell(view), answer}
