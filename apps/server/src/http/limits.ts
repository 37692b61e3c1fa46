/** How often somebody may do something. Counted in this process: limits are there to keep it well. */
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { tooManyRequests } from './errors.ts'

export interface RateLimit {
  /** @throws a 429 that says when to come back */
  take(key: string): Promise<void>
}

/** A steady rate, and for a short while twice more: pages ask for many things at once. */
export function steadyLimit(perSecond: number): RateLimit {
  const limiter = new BurstyRateLimiter(
    new RateLimiterMemory({ points: perSecond, duration: 1 }),
    new RateLimiterMemory({ points: perSecond * 2, duration: 10 }),
  )
  return { take: key => consume(limiter, key) }
}

/** So many a minute, of which those that turn out well can be given back. */
export function minuteLimit(perMinute: number): RateLimit & { giveBack(key: string): Promise<void> } {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 })
  return {
    take: key => consume(limiter, key),
    async giveBack(key) {
      await limiter.reward(key)
    },
  }
}

async function consume(limiter: Pick<BurstyRateLimiter, 'consume'>, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw tooManyRequests(refusal.msBeforeNext)
    throw refusal
  }
}
