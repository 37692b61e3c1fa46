/**
 * What was done here and the server has not told back yet. It is laid over the base state when that is shown and
 * never written into it, so a refusal is undone by forgetting it, and no count can drift.
 */
import type { InboxItem } from '@pms/protocol'
import { type BaseState, mapUnread } from './store.ts'

export type Intent =
  | { readonly kind: 'read' | 'unread' | 'remove'; readonly id: string }
  /** `item` as it was before it was removed; null where it was never loaded. */
  | { readonly kind: 'restore'; readonly id: string; readonly item: InboxItem | null }
  | { readonly kind: 'read_all'; readonly throughSeq: number }

export interface Pending {
  readonly intent: Intent
  /** The server has agreed; the change is on its way through the socket, or was there already. */
  readonly settled: boolean
}

export type Shown = Pick<BaseState, 'items' | 'unreadCount' | 'totalCount' | 'floor'>

/** What a person sees. The same object as the base where nothing is pending. */
export function overlay(base: Shown, pending: readonly Pending[]): Shown {
  return pending.reduce((shown, { intent }) => applyIntent(shown, intent), base)
}

/**
 * Forgets the settled intents that the base state shows by now. They are taken in order, so that of "removed, then
 * restored" the second waits for the first. `upToDate`: the base was just brought up to date with the server, so
 * whatever is settled is in it, even where somebody else has changed it again since.
 */
export function forgetSettled(
  base: Shown,
  pending: readonly Pending[],
  upToDate: boolean,
): readonly Pending[] {
  if (!pending.some(({ settled }) => settled)) return pending
  let shown = base
  return pending.filter(({ intent, settled }) => {
    const next = applyIntent(shown, intent)
    if (settled && (upToDate || next === shown)) return false
    shown = next
    return true
  })
}

/** The same object where the intent changes nothing. */
function applyIntent(shown: Shown, intent: Intent): Shown {
  switch (intent.kind) {
    case 'read':
    case 'unread':
      return setRead(shown, intent.id, intent.kind === 'read')
    case 'remove': {
      const item = shown.items.find(({ id }) => id === intent.id)
      if (item === undefined) return shown
      return {
        ...shown,
        items: shown.items.filter(other => other !== item),
        totalCount: shown.totalCount - 1,
        unreadCount: shown.unreadCount - (item.is_read ? 0 : 1),
      }
    }
    case 'restore': {
      const { item } = intent
      if (item === null || item.seq < shown.floor || shown.items.some(({ id }) => id === item.id))
        return shown
      return {
        ...shown,
        items: [...shown.items, item].sort((a, b) => b.seq - a.seq),
        totalCount: shown.totalCount + 1,
        unreadCount: shown.unreadCount + (item.is_read ? 0 : 1),
      }
    }
    case 'read_all':
      return readAll(shown, intent.throughSeq)
  }
}

function setRead(shown: Shown, id: string, read: boolean): Shown {
  if (!shown.items.some(item => item.id === id && item.is_read !== read)) return shown
  return {
    ...shown,
    items: shown.items.map(item => (item.id === id ? { ...item, is_read: read } : item)),
    unreadCount: shown.unreadCount + (read ? -1 : 1),
  }
}

/** What stays unread is newer than `throughSeq`, so all of it is loaded and can be counted. */
function readAll(shown: Shown, throughSeq: number): Shown {
  const unreadCount = shown.items.filter(item => !item.is_read && item.seq > throughSeq).length
  const items = mapUnread(shown.items, item => item.seq <= throughSeq)
  const changed = unreadCount !== shown.unreadCount || items !== shown.items
  return changed ? { ...shown, items, unreadCount } : shown
}
