-- enlist.lua: lets visitors stand by for a number who have none of this epoch, and tells who has been
-- given one meanwhile.
--
-- keys: pool state standby enlisted block
-- args: ... epoch answered over_said gather_ms holds_places | rank
--
-- pool     hash    usher:{shop}:pool
-- state    hash    usher:{shop}:concert:state
-- standby  zset    usher:{shop}:concert:standby              in the order in which they get numbers
-- enlisted hash    usher:{shop}:concert:enlisted:<e>:<l>     numbers given, by what one stood by as
-- block    string  usher:{shop}:concert:block:<replica>
-- answered         the last question of this replica that was answered; over_said: the last that is over
-- gather_ms        so long all numbers are held back: other replicas can bring those who stand by
-- holds_places     1 when some of these hold places of older epochs
-- rank             what each stands by as
-- Returns  {"ok" or "moved", view, a number for each, 0 for none yet}
--
-- Why places of older epochs hold back all numbers while the epoch is young: the store and every
-- replica have lost the line; who was in it comes back within a window of presence, and gets a number
-- before everyone else, in the old order.

local now = time_now()
local view = view_of(state, now)
if view.epoch == '0' then
  return {'lost', tell(view)}
end
if view.epoch ~= epoch then
  return {'moved', tell(view)}
end
local s = redis.call('HMGET', state, 'founded', 'restored', 'gathering')
local until_gathered = tonumber(s[1]) + tonumber(presence_ms)
if holds_places == '1' and not s[2] and not s[3] and now < until_gathered then
  local held = string.format('%d', until_gathered)
  local admits = string.format('%d', math.max(view.admits,
    tonumber(s[1]) + (SESSION_WINDOWS - 1) * tonumber(session_ms)))
  redis.call('HSET', state, 'gathering', 1, 'collects', held, 'admits', admits)
  if view.issued > 0 then
    -- Who came since then stands behind them, by the place that was given too early.
    next_epoch(pool, state, view, epoch_by_time(tonumber(view.epoch), now))
    return {'moved', tell(view_of(state, now))}
  end
end
void_unheard(block, state, view, tonumber(answered), tonumber(over_said))

local answer = {}
local added = 0
for i = ARGS_FROM, #ARGV do
  local number = redis.call('HGET', enlisted, ARGV[i])
  if not number then
    added = added + redis.call('ZADD', standby, 0, ARGV[i])
  end
  answer[#answer + 1] = number or '0'
end
if added > 0 then
  local collects = tonumber(redis.call('HGET', state, 'collects') or 0)
  if view.standby == 0 then
    collects = math.max(collects, now + tonumber(gather_ms))
  end
  view.standby = 1
  redis.call('HSET', state, 'standby', 1, 'collects', string.format('%d', collects))
  redis.call('PEXPIRE', standby, KEEP_MS)
end
return {'ok', tell(view), answer}
