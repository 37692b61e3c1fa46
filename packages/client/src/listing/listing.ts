/**
 * A list of an inbox, whole or filtered, of any length, of which only what is looked at is fetched. What is live in the
 * inbox is live here; the rest is fetched again, while it is in sight, when the inbox has changed.
 */
import type { InboxItem, NotificationPage } from '@pms/protocol'
import { type Environment, platform } from '../environment.ts'
import type {
  ActionResult,
  BulkAction,
  Failure,
  Inbox,
  InboxState,
  MarkAllResult,
  PageFilters,
} from '../types.ts'
import { follow } from './follow.ts'
import { matches } from './matches.ts'
import { createPendingDeeds } from './pending.ts'
import { type Fetch, fetchFrom, planMissing, type Sight, type Span } from './plan.ts'
import { fit, insert, place, type Rows, remove, update } from './rows.ts'

/** Immutable; a new object whenever anything in it changed. */
export interface ListingState {
  /** A slot for each row, newest first; null where it is not known yet. */
  readonly rows: Rows
  /** How many there are is known, so that an empty list is one. */
  readonly loaded: boolean
  /** Why the last fetch failed. Nothing is fetched until `retry()`, or until the inbox is live again. */
  readonly failure: Failure | null
}

export interface Listing {
  getSnapshot(): ListingState
  /** The list lives while somebody listens. Returns the unsubscribe. */
  subscribe(listener: () => void): () => void
  /** Says which rows are in sight, the first and the last of them. */
  show(span: Span): void
  /** All rows between these two, those included; what of it is not known is fetched. */
  between(one: string, other: string): Promise<InboxItem[]>
  /** Does one thing to any number of rows: shown at once, taken back where the server refuses. */
  act(action: BulkAction, items: readonly InboxItem[]): Promise<ActionResult>
  /** Marks the whole inbox read, whatever the filters. */
  markAllRead(): Promise<MarkAllResult>
  retry(): void
}

export interface ListingOptions {
  filters?: PageFilters
  environment?: Pick<Environment, 'schedule'>
}

/** How long after a change what is in sight is fetched again: changes come in bursts. */
const REFRESH_AFTER = 200
/** How often it asks for what is in sight before something else happens: a server that makes no sense is left alone. */
const TRIES = 100

interface Reach {
  readonly ends: readonly [string, string]
  resolve(items: InboxItem[]): void
}

export function createListing(inbox: Inbox, options: ListingOptions = {}): Listing {
  const { filters = {}, environment = platform } = options
  const isWhole = !Object.values(filters).some(Boolean)
  const isWanted = (item: InboxItem) => matches(item, filters)
  const listeners = new Set<() => void>()
  const pending = createPendingDeeds()
  /** Up to which version each row is known to be as it is. */
  const freshAt = new Map<string, number>()
  let live: InboxState = inbox.getSnapshot()
  let state: ListingState = { rows: whole(live) ?? [], loaded: isWhole && live.loaded, failure: null }
  let sight: Sight | null = null
  let reach: Reach | null = null
  let isFetching = false
  let pageVersion = 0
  /** What is older than this is fetched again when it is in sight. */
  let staleBelow = 0
  let refresh: (() => void) | null = null
  /** A version whose total has made the list longer: it does so once, whatever the rows say. */
  let grownAt = -1
  let lastKey = ''
  let triesLeft = TRIES
  let stopFollowing = () => {}

  function set(change: Partial<ListingState>): void {
    state = { ...state, ...change }
    for (const listener of [...listeners]) listener()
  }

  /** The list of everything, as far as the inbox knows it. */
  function whole({ items, totalCount, loaded }: InboxState): Rows | null {
    return isWhole && loaded ? fit(items, totalCount, items.length) : null
  }

  function takeLive(): void {
    const before = live
    live = inbox.getSnapshot()
    if (state.failure && before.connection.status !== 'live' && live.connection.status === 'live') retry()
    if (before.epoch !== live.epoch && before.epoch !== null) {
      startAgain()
      return
    }
    if (!state.loaded) {
      const rows = whole(live)
      if (rows) set({ rows, loaded: true })
    } else if (before.items !== live.items || before.totalCount !== live.totalCount) {
      const rows = follow(state.rows, before, live, isWanted)
      // The live rows are there without a hole; what else there is lies below them.
      const next = isWhole ? fit(rows, live.totalCount, live.items.length) : rows
      if (next !== state.rows) set({ rows: next })
    }
    if (live.version !== before.version) {
      triesLeft = TRIES
      refreshSoon()
    }
    void pump()
  }

  /** Another database, so nothing that was known means anything. */
  function startAgain(): void {
    freshAt.clear()
    grownAt = -1
    set({ rows: whole(live) ?? [], loaded: isWhole && live.loaded, failure: null })
    void pump()
  }

  function refreshSoon(): void {
    refresh ??= environment.schedule(() => {
      refresh = null
      staleBelow = live.version
      void pump()
    }, REFRESH_AFTER)
  }

  function isStale(item: InboxItem, liveFloor: number): boolean {
    return item.seq < liveFloor && (freshAt.get(item.id) ?? 0) < staleBelow
  }

  function next(): Fetch | null {
    const { rows, loaded } = state
    if (!loaded) return isWhole ? null : fetchFrom(rows, 0)
    if (sight) {
      const missing = planMissing(rows, sight)
      if (missing) return missing
      // Of the whole inbox what is live needs no other news.
      const floor = isWhole ? (live.items.at(-1)?.seq ?? 0) : Number.POSITIVE_INFINITY
      for (let at = sight.first; at <= sight.last; at += 1) {
        const row = rows[at]
        if (row && isStale(row, floor)) return fetchFrom(rows, at)
      }
    }
    if (!isWhole && rows.length === 0 && pageVersion < staleBelow) return fetchFrom(rows, 0)
    return reach ? planReach(reach) : null
  }

  function planReach({ ends, resolve }: Reach): Fetch | null {
    const places = ends.map(id => state.rows.findIndex(row => row?.id === id))
    const [first, last] = [Math.min(...places), Math.max(...places)]
    const hole = first === -1 ? -1 : state.rows.indexOf(null, first)
    if (hole !== -1 && hole < last) return fetchFrom(state.rows, hole)
    reach = null
    resolve(first === -1 ? [] : state.rows.slice(first, last + 1).filter(row => row !== null))
    return null
  }

  async function pump(): Promise<void> {
    if (isFetching || listeners.size === 0 || state.failure) return
    pending.forgetSettled()
    const fetch = next()
    if (!fetch) return
    const { at, cursor, skip, limit } = fetch
    // What the same page did not put right a moment ago it will not put right now.
    const key = `${at} ${cursor} ${skip} ${staleBelow}`
    if (key === lastKey || (reach === null && triesLeft === 0)) return
    triesLeft = Math.max(0, triesLeft - 1)
    lastKey = key
    isFetching = true
    const number = pending.begin()
    const [asked, epoch] = [staleBelow, live.epoch]
    const result = await inbox.fetchPage(filters, cursor, { skip, limit })
    isFetching = false
    if (!result.ok) {
      reach?.resolve([])
      reach = null
      set({ failure: result.failure })
      return
    }
    if (live.epoch === epoch) take(fetch, result.page, number, Math.max(asked, result.page.version))
    await pump()
  }

  function take({ at, cursor, skip }: Fetch, page: NotificationPage, fetch: number, fresh: number): void {
    const known = new Map(live.items.map(item => [item.id, item]))
    const floor = live.hasMore || !live.loaded ? (live.items.at(-1)?.seq ?? Number.POSITIVE_INFINITY) : 0
    // Of what is live the live state knows best.
    const items = pending
      .lay(page.notifications, fetch)
      .flatMap(item => (item.seq < floor || item.seq > live.version ? item : (known.get(item.id) ?? [])))
    // Where nothing was left out the page knows of all below the row it was asked from, but of nothing newer than itself.
    const below = cursor === null ? page.version : Math.min(Number(cursor) - 1, page.version)
    const highest = skip === 0 ? below : (page.notifications[0]?.seq ?? 0)
    const fetched = { at, items, highest, isEnd: page.next_cursor === null }
    const placed = place(state.rows, fetched, item => !isWanted(item))
    const staying = placed.rows.filter(row => row && !isWanted(row)).length
    const length = page.total + staying - pending.removed(fetch)
    let { rows } = placed
    if (length < rows.length || page.version > grownAt) {
      if (length > rows.length) grownAt = page.version
      rows = fit(rows, length, placed.seam)
    }
    const oldest = page.next_cursor === null ? 0 : (page.notifications.at(-1)?.seq ?? 0)
    for (const row of rows.slice(at)) if (row && row.seq >= oldest) freshAt.set(row.id, fresh)
    pageVersion = Math.max(pageVersion, fresh)
    set({ rows, loaded: true })
  }

  function apply(action: BulkAction, items: readonly InboxItem[]): void {
    const { rows } = state
    if (action === 'delete') set({ rows: remove(rows, new Set(items.map(({ id }) => id))) })
    else if (action === 'restore') set({ rows: insert(rows, items) })
    else {
      const changed = items.map(item => [item.id, { ...item, is_read: action === 'read' }] as const)
      set({ rows: update(rows, new Map(changed)) })
    }
  }

  function takeBack(action: BulkAction, items: readonly InboxItem[]): void {
    if (action === 'delete') apply('restore', items)
    else if (action === 'restore') apply('delete', items)
    else set({ rows: update(state.rows, new Map(items.map(item => [item.id, item]))) })
  }

  function send(action: BulkAction, ids: readonly string[]): Promise<ActionResult> {
    const [id, ...others] = ids
    if (id === undefined || others.length > 0) return inbox.bulk(ids, action)
    const one = { read: 'markRead', unread: 'markUnread', delete: 'remove', restore: 'restore' } as const
    return inbox[one[action]](id)
  }

  function retry(): void {
    lastKey = ''
    triesLeft = TRIES
    if (state.failure) set({ failure: null })
    void pump()
  }

  return {
    getSnapshot: () => state,
    subscribe(listener) {
      const own = () => listener()
      listeners.add(own)
      if (listeners.size === 1) {
        stopFollowing = inbox.subscribe(takeLive)
        takeLive()
        void pump()
      }
      return () => {
        listeners.delete(own)
        if (listeners.size > 0) return
        stopFollowing()
        refresh?.()
        refresh = null
      }
    },
    show({ first, last }) {
      if (sight?.first === first && sight.last === last) return
      lastKey = ''
      triesLeft = TRIES
      sight = { first, last, direction: sight && first < sight.first ? 'up' : 'down' }
      void pump()
    },
    between(one, other) {
      return new Promise(resolve => {
        reach?.resolve([])
        reach = { ends: [one, other], resolve }
        void pump()
      })
    },
    async act(action, items) {
      const ids = items.map(({ id }) => id)
      const settled = pending.add(ids, action)
      apply(action, items)
      const result = await send(action, ids)
      settled()
      if (!result.ok) takeBack(action, items)
      return result
    },
    async markAllRead() {
      const unread = state.rows.filter(row => row !== null && !row.is_read) as InboxItem[]
      apply('read', unread)
      const result = await inbox.markAllRead()
      if (!result.ok) takeBack('read', unread)
      return result
    },
    retry,
  }
}
