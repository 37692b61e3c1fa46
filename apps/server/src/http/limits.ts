/**
 * How often somebody may do something. Counted in Redis where several servers share one, so that a limit is one limit;
 * in this process where there is none, and while it is away: nobody waits for it, and nobody goes uncounted.
 */
import { redisLink } from '@pms/notifier'
import {
  BurstyRateLimiter,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { tooManyRequests } from './errors.ts'

export interface RateLimit {
  /** @throws a 429 that says when to come back */
  take(key: string): Promise<LimitHeaders>
}

/** What is left, as answers say it (draft-ietf-httpapi-ratelimit-headers). */
export interface LimitHeaders {
  'ratelimit-policy': string
  ratelimit: string
}

/** One where what turns out well can be given back. */
export interface AttemptLimit extends RateLimit {
  giveBack(key: string): Promise<void>
}

export interface Limits {
  /** A steady rate, and for a short while twice more: pages ask for many things at once. */
  steady(name: string, perSecond: number): RateLimit
  /** So many within a time. */
  within(seconds: number, name: string, most: number): AttemptLimit
  /** So many a second. Answers whether there was one left. */
  second(name: string, perSecond: number): (key: string) => Promise<boolean>
  close(): void
}

/** Where limits are shared. */
export interface SharedLimits {
  redisUrl: string
  /** Before the names of all keys. */
  prefix: string
}

/** Every call waits for this answer: beyond it a process goes by its own count. */
const PATIENCE_MS = 300

/** @param shared null: this is the only server */
export function createLimits(shared: SharedLimits | null): Limits {
  // That Redis is away the bus says.
  const link = shared && redisLink({ url: shared.redisUrl, patienceMs: PATIENCE_MS, onError: () => {} })
  const storeClient = link?.open()

  function counter(name: string, points: number, duration: number): RateLimiterAbstract {
    const own = new RateLimiterMemory({ points, duration })
    if (!shared || !storeClient) return own
    return new RateLimiterRedis({
      storeClient,
      keyPrefix: `${shared.prefix}/limits/${name}`,
      points,
      duration,
      insuranceLimiter: own,
      rejectIfRedisNotReady: true,
    })
  }

  return {
    steady(name, perSecond) {
      const burst = `${name}-burst`
      const limiter = new BurstyRateLimiter(counter(name, perSecond, 1), counter(burst, perSecond * 2, 10))
      const policy = `${policyOf(name, perSecond, 1)}, ${policyOf(burst, perSecond * 2, 10)}`
      return { take: key => consume(limiter, key, headersOf(name, policy)) }
    },
    within(seconds, name, most) {
      const limiter = counter(name, most, seconds)
      const headers = headersOf(name, policyOf(name, most, seconds))
      return {
        take: key => consume(limiter, key, headers),
        async giveBack(key) {
          await limiter.reward(key)
        },
      }
    },
    second(name, perSecond) {
      const limiter = counter(name, perSecond, 1)
      return key =>
        limiter.consume(key).then(
          () => true,
          refusal => {
            if (refusal instanceof RateLimiterRes) return false
            throw refusal
          },
        )
    },
    close: () => link?.close(),
  }
}

async function consume(
  limiter: Pick<BurstyRateLimiter, 'consume'>,
  key: string,
  headers: (left: RateLimiterRes) => LimitHeaders,
): Promise<LimitHeaders> {
  try {
    return headers(await limiter.consume(key))
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes)
      throw tooManyRequests(refusal.msBeforeNext, { ...headers(refusal) })
    throw refusal
  }
}

const policyOf = (name: string, most: number, seconds: number) => `"${name}";q=${most};w=${seconds}`

const headersOf =
  (name: string, policy: string) =>
  ({ remainingPoints, msBeforeNext }: RateLimiterRes): LimitHeaders => ({
    'ratelimit-policy': policy,
    ratelimit: `"${name}";r=${Math.max(0, remainingPoints)};t=${Math.max(1, Math.ceil(msBeforeNext / 1_000))}`,
  })
