/** How fast one socket may send commands: a bucket that fills with time and empties by use. No timer. */

/** @returns whether one more command is allowed at `now` (milliseconds of any steady clock) */
export function commandBudget(perSecond: number): (now: number) => boolean {
  const most = perSecond * 2
  let left = most
  let filledAt: number | undefined
  return now => {
    if (filledAt !== undefined) left = Math.min(most, left + ((now - filledAt) / 1000) * perSecond)
    filledAt = now
    if (left < 1) return false
    left -= 1
    return true
  }
}
