/** The one mutable place: base state, pending intents, connection. Derives from them the snapshot that is shown. */
import { forgetSettled, overlay, type Pending } from './overlay.ts'
import { type BaseState, EMPTY } from './store.ts'
import type { ConnectionState, Failure, InboxState } from './types.ts'

export interface Parts {
  readonly base: BaseState
  /** Database that `base.version` counts in; null until a socket has told. */
  readonly epoch: string | null
  /** Where the next older page begins; null when there is none. */
  readonly cursor: string | null
  readonly pending: readonly Pending[]
  readonly connection: ConnectionState
  readonly loading: boolean
  readonly loaded: boolean
  readonly error: Failure | null
}

export interface Model {
  readonly parts: Parts
  /** `upToDate`: the new base is what the server has now, see `forgetSettled`. */
  update(change: Partial<Parts>, upToDate?: boolean): void
  getSnapshot(): InboxState
  subscribe(listener: () => void): () => void
}

const INITIAL: Parts = {
  base: EMPTY,
  epoch: null,
  cursor: null,
  pending: [],
  connection: { status: 'idle', retryAt: null, closeCode: null },
  loading: false,
  loaded: false,
  error: null,
}

export function createModel(): Model {
  const listeners = new Set<() => void>()
  let parts = INITIAL
  let snapshot = derive(parts)

  return {
    get parts() {
      return parts
    },
    update(change, upToDate = false) {
      const next = { ...parts, ...change }
      parts = { ...next, pending: forgetSettled(next.base, next.pending, upToDate) }
      snapshot = derive(parts)
      for (const listener of [...listeners]) listener()
    },
    getSnapshot: () => snapshot,
    subscribe(listener) {
      const own = () => listener()
      listeners.add(own)
      return () => listeners.delete(own)
    },
  }
}

function derive(parts: Parts): InboxState {
  const { base, epoch, cursor, pending, connection, loading, loaded, error } = parts
  const { items, unreadCount, totalCount } = overlay(base, pending)
  return {
    connection,
    items,
    unreadCount,
    totalCount,
    version: base.version,
    epoch,
    loading,
    loaded,
    hasMore: cursor !== null,
    error,
  }
}
