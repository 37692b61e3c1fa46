/** The presence of a single node. */
import { createHeadcount } from './headcount.ts'
import type { Presence } from './presence.ts'

export function memoryPresence(): Presence {
  const headcount = createHeadcount()
  return {
    async enter(userId, most) {
      if (headcount.of(userId) >= most) return false
      headcount.add(userId, 1)
      return true
    },
    leave: userId => headcount.add(userId, -1),
    totals: async () => headcount.totals(),
    isPresent: async userId => headcount.of(userId) > 0,
    close: async () => {},
  }
}
