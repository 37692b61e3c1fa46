/**
 * Guessing passwords: how often somebody may fail. A lock that anybody can turn would keep people out of their own
 * accounts, so failures count for the place they come from; and those of strangers, from whichever places, for the
 * account too, over an hour. A browser in which the person signed in before is a place of its own: whatever others do
 * to the account, and whoever else fails behind the same address, it gets in.
 */
import type { Limits } from '../http/limits.ts'
import { networkOf } from '../http/networks.ts'

const HOUR_SECONDS = 3_600

/** Of one account from one place within an hour, for each failure that the place has a minute. */
const HOURLY_FROM_ONE_PLACE = 2
/** The same from all places that are strange to the account. */
const HOURLY_FROM_STRANGERS = 10

export interface Attempt {
  address: string
  /** The spelling under which the account is kept, whether or not there is one. */
  email: string
  /** The browser, if the person of this account signed in there before. */
  device: string | null
}

export type Attempts = ReturnType<typeof createAttempts>

/** @param perMinute failures of one place */
export function createAttempts({ within }: Pick<Limits, 'within'>, perMinute: number) {
  const ofPlace = within(60, 'sign-in', perMinute)
  const ofAccountFromPlace = within(HOUR_SECONDS, 'sign-in-place', perMinute * HOURLY_FROM_ONE_PLACE)
  const ofAccount = within(HOUR_SECONDS, 'sign-in-account', perMinute * HOURLY_FROM_STRANGERS)

  async function beginOne(key: string): Promise<() => Promise<void>> {
    await ofPlace.take(key)
    return () => ofPlace.giveBack(key)
  }

  return {
    /**
     * Counts an attempt, which is a failure until it turns out well. What is refused by a place counts for no account.
     * @returns to be called when it turned out well: a whole office signs in from one address at nine o'clock
     * @throws 429
     */
    async begin({ address, email, device }: Attempt): Promise<() => Promise<void>> {
      const place = device === null ? `address ${networkOf(address)}` : `device ${device}`
      const counts = [
        [ofPlace, place],
        [ofAccountFromPlace, `${place} account ${email}`],
        ...(device === null ? [[ofAccount, `account ${email}`] as const] : []),
      ] as const
      for (const [limit, key] of counts) await limit.take(key)
      return async () => {
        for (const [limit, key] of counts) await limit.giveBack(key)
      }
    },

    /** The same for a link, which names no account until it is found to be good. */
    beginLink: (address: string) => beginOne(`address ${networkOf(address)}`),

    /**
     * The same for the current password of somebody who is signed in. Of its own count: whoever has a token of theirs
     * must not be able to keep them from signing in.
     */
    beginChange: (userId: string) => beginOne(`holder ${userId}`),
  }
}
