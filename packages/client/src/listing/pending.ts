/**
 * What was done to rows of a list and a page that is on its way may not know of yet. It is laid over pages that were
 * asked for before the server had agreed, so that nothing flickers back.
 */
import type { InboxItem } from '@pms/protocol'
import type { BulkAction } from '../types.ts'

interface Deed {
  readonly action: BulkAction
  /** The server agreed before the fetches with a higher number were begun. */
  settledAt: number | null
}

export interface PendingDeeds {
  /** Notes what is done to these. The answer is called when the server has answered. */
  add(ids: readonly string[], action: BulkAction): () => void
  /** A fetch begins; the number goes to `lay`. */
  begin(): number
  /** The rows of a page as they are after what was done here, and how many it has too many. */
  lay(items: readonly InboxItem[], fetch: number): InboxItem[]
  /** How many are deleted here that a total of that fetch still counts. */
  removed(fetch: number): number
  /** No fetch is on its way: what is settled is in all pages from here on. */
  forgetSettled(): void
}

export function createPendingDeeds(): PendingDeeds {
  const deeds = new Map<string, Deed>()
  let clock = 0
  const unknownTo = (fetch: number, deed: Deed | undefined): deed is Deed =>
    deed !== undefined && (deed.settledAt === null || deed.settledAt > fetch)

  return {
    add(ids, action) {
      const deed: Deed = { action, settledAt: null }
      for (const id of ids) deeds.set(id, deed)
      return () => {
        clock += 1
        deed.settledAt = clock
      }
    },
    begin() {
      clock += 1
      return clock
    },
    lay(items, fetch) {
      return items.flatMap(item => {
        const deed = deeds.get(item.id)
        if (!unknownTo(fetch, deed)) return [item]
        if (deed.action === 'delete') return []
        return [deed.action === 'restore' ? item : { ...item, is_read: deed.action === 'read' }]
      })
    },
    removed(fetch) {
      return [...deeds.values()].filter(deed => deed.action === 'delete' && unknownTo(fetch, deed)).length
    },
    forgetSettled() {
      for (const [id, deed] of deeds) if (deed.settledAt !== null) deeds.delete(id)
    },
  }
}
