/** The sockets of each person at one node, counted. */
import type { Totals } from './presence.ts'

export function createHeadcount() {
  const counts = new Map<string, number>()
  let totalConnections = 0
  return {
    add(userId: string, more: 1 | -1): void {
      const sockets = (counts.get(userId) ?? 0) + more
      totalConnections += more
      if (sockets === 0) counts.delete(userId)
      else counts.set(userId, sockets)
    },
    of: (userId: string): number => counts.get(userId) ?? 0,
    everybody: () => counts.keys(),
    totals: (): Totals => ({ activeUsers: counts.size, totalConnections }),
  }
}
