/**
 * Tells those who look after announcements how one gets on: at once, then at most twice a second, so that ten thousand
 * steps are not ten thousand messages; and always of the last.
 */
import { resourceChanged } from '@pms/notifier'
import type { AppDatabase, Tx } from '../../database.ts'
import type { Organisation } from '../../organisation.ts'
import type { AnnouncementTable } from './tables.ts'

const REST_MS = 500

export type Progress = ReturnType<typeof createProgress>

export function createProgress(database: AppDatabase, people: Organisation) {
  /** Those that were told of just now, and whether there was news since. */
  const resting = new Map<string, { hasNews: boolean }>()

  function tell(id: string): void {
    resting.set(id, { hasNews: false })
    // A hint: whoever misses it reads the state when their connection is back.
    database
      .transaction(async tx =>
        resourceChanged(tx, 'announcement', id, await people.holdersOf(tx.db, 'announcements.publish')),
      )
      .catch(() => {})
    setTimeout(() => {
      const { hasNews } = resting.get(id) ?? {}
      resting.delete(id)
      if (hasNews) tell(id)
    }, REST_MS).unref()
  }

  return {
    /** There is news, if this transaction commits. */
    moved(tx: Tx, { id }: Pick<AnnouncementTable, 'id'>): void {
      tx.afterCommit(() => {
        const rest = resting.get(id)
        if (rest) rest.hasNews = true
        else tell(id)
      })
    },
  }
}
