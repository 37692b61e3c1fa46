/**
 * A timer wheel: one timer for any number of things that want to be looked at now and then. Looking at what is due
 * costs what is due, not what there is.
 */

export interface WheelEntry {
  /** Where on the wheel it hangs; the wheel's own. */
  slot: number
  /** Its time has come. @returns in how many milliseconds again; null: never */
  check(now: number): number | null
}

/**
 * @param tickMs how exact it is
 * @param slots how many ticks it takes to turn once; longer waits are looked at on the way
 */
export function createWheel(tickMs: number, slots: number) {
  const ring = Array.from({ length: slots }, () => new Set<WheelEntry>())
  let at = 0

  function add(entry: WheelEntry, delayMs: number): void {
    const ticks = Math.min(Math.max(Math.ceil(delayMs / tickMs), 1), slots - 1)
    entry.slot = (at + ticks) % slots
    ring[entry.slot]?.add(entry)
  }

  return {
    add,
    remove(entry: WheelEntry): void {
      ring[entry.slot]?.delete(entry)
    },
    /** To be called once a tick. */
    turn(now: number): void {
      at = (at + 1) % slots
      const due = ring[at] ?? new Set()
      ring[at] = new Set()
      for (const entry of due) {
        const again = entry.check(now)
        if (again !== null) add(entry, again)
      }
    },
  }
}
