/** Redis: whether what one server says is heard by another, tried with two ends of our own. */
import { randomUUID } from 'node:crypto'
import { redisBus } from '@pms/notifier'
import { type Finding, ok, wordsOf, wrong } from './finding.ts'

const PATIENCE_MS = 3_000

/** @param servers names of those that work on the database */
export async function checkBus(redisUrl: string | null, servers: readonly string[]): Promise<Finding> {
  const check = 'bus'
  if (redisUrl === null && servers.length > 1)
    return wrong(
      check,
      `REDIS_URL is not set, and ${servers.length} servers work on the database (${servers.join(', ')}): they hear of ` +
        'each other up to half a minute late.',
      'Set REDIS_URL, the same on all of them, and restart them one after another.',
    )
  if (redisUrl === null) return ok(check, 'REDIS_URL is not set: right where there is one server.')
  const { hostname, port } = new URL(redisUrl)
  const where = `Redis at ${hostname}:${port || 6379}`
  let trouble: unknown = new Error('no answer')
  const options = {
    url: redisUrl,
    prefix: `pms:doctor:${randomUUID()}`,
    onError: (error: unknown) => {
      trouble = error
    },
  }
  const [one, other] = [redisBus(options), redisBus(options)]
  const heard = Promise.withResolvers<number>()
  let saying: NodeJS.Timeout | undefined
  const late = setTimeout(() => heard.reject(trouble), PATIENCE_MS)
  try {
    let said = 0
    other.subscribe('doctor', () => heard.resolve(performance.now() - said))
    const say = () => {
      if (!one.isConnected || !other.isConnected) return
      said = performance.now()
      one.publish([{ kind: 'moved', user_id: 'doctor', version: 0 }])
    }
    saying = setInterval(say, 20)
    one.subscribe('doctor', () => {})
    const ms = await heard.promise
    return ok(check, `${where} brings what is said in ${Math.max(1, Math.round(ms))} ms.`)
  } catch (error) {
    return wrong(
      check,
      `${where} does not bring what is said: ${wordsOf(error)}.`,
      'Is it running, does a firewall stand between, is the password in REDIS_URL right? Try: redis-cli -u ' +
        '"$REDIS_URL" ping. Until then servers hear of each other within half a minute.',
    )
  } finally {
    clearTimeout(late)
    clearInterval(saying)
    await Promise.all([one.close(), other.close()])
  }
}
