/**
 * What Redis does for presence, each in one step. It keeps
 *   {prefix}/nodes   until when each node lives, by Redis's own clock, in milliseconds
 *   {prefix}/at:{n}  how many sockets each person has at node n
 *   {prefix}/users   how many each has at all nodes
 *   {prefix}/total   how many all have
 * so that no question costs more the more people there are.
 */
import type { Redis, Result } from 'ioredis'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    presenceTell(...args: (string | number)[]): Result<number, Context>
    presenceBeat(...args: (string | number)[]): Result<number, Context>
  }
}

/** Answers of `presenceTell`. */
export const TOLD = { unknownNode: -1, refused: 0, done: 1 } as const

/** How much of what a dead node has left behind is cleared away at once: Redis does nothing else meanwhile. */
const AT_ONCE = 500

/** If no node is left to clear away, all of it goes by itself. */
const KEPT_SECONDS = 86_400

const NOW = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

/** `prefix, node, most or '', user, count, user, count …` A node that was taken for dead counts for nothing. */
const TELL = `${NOW}
local nodes, at, users, total = ARGV[1]..'/nodes', ARGV[1]..'/at:'..ARGV[2], ARGV[1]..'/users', ARGV[1]..'/total'
local lives = redis.call('zscore', nodes, ARGV[2])
if not lives or tonumber(lives) <= now then return ${TOLD.unknownNode} end
for i = 4, #ARGV, 2 do
  local user, count = ARGV[i], tonumber(ARGV[i + 1])
  local more = count - tonumber(redis.call('hget', at, user) or 0)
  if ARGV[3] ~= '' and more > 0 and tonumber(redis.call('hget', users, user) or 0) + more > tonumber(ARGV[3]) then
    return ${TOLD.refused}
  end
  if more ~= 0 then
    if count == 0 then redis.call('hdel', at, user) else redis.call('hset', at, user, count) end
    if redis.call('hincrby', users, user, more) <= 0 then redis.call('hdel', users, user) end
    redis.call('incrby', total, more)
  end
end
return ${TOLD.done}
`

/**
 * `prefix, node, how long it lives, 1 if it is new` Puts a node's end off, and clears away after those that are dead.
 * Answers whether it counts: one that was taken for dead never comes back under its name.
 */
const BEAT = `${NOW}
local nodes, users, total = ARGV[1]..'/nodes', ARGV[1]..'/users', ARGV[1]..'/total'
local lives = redis.call('zscore', nodes, ARGV[2])
local counts = ARGV[4] == '1' or (lives and tonumber(lives) > now)
if counts then redis.call('zadd', nodes, now + ARGV[3], ARGV[2]) end
for _, dead in ipairs(redis.call('zrangebyscore', nodes, 0, now, 'limit', 0, 10)) do
  local at = ARGV[1]..'/at:'..dead
  local left = redis.call('hscan', at, 0, 'count', ${AT_ONCE})[2]
  for i = 1, #left, 2 do
    if redis.call('hincrby', users, left[i], -left[i + 1]) <= 0 then redis.call('hdel', users, left[i]) end
    redis.call('decrby', total, left[i + 1])
    redis.call('hdel', at, left[i])
  end
  if redis.call('exists', at) == 0 then redis.call('zrem', nodes, dead) end
end
for _, key in ipairs({ nodes, users, total, ARGV[1]..'/at:'..ARGV[2] }) do
  redis.call('expire', key, ${KEPT_SECONDS})
end
return counts and 1 or 0
`

export function definePresence(client: Redis): void {
  client.defineCommand('presenceTell', { numberOfKeys: 0, lua: TELL })
  client.defineCommand('presenceBeat', { numberOfKeys: 0, lua: BEAT })
}
