/**
 * What the server has told, and how each message changes it. Pure functions over immutable values: no socket, no
 * clock, and nothing of what was clicked here and is not confirmed yet (that is `overlay.ts`).
 */
import type { InboxItem, NotificationPage, ServerMessage, Sync } from '@pms/protocol'

/** An inbox as the server had it at `version`, down to the oldest row that is loaded. */
export interface BaseState {
  readonly version: number
  readonly unreadCount: number
  readonly totalCount: number
  /** Highest `seq` first. */
  readonly items: readonly InboxItem[]
  /** Every row of the inbox with a `seq` from here on is in `items`. 0 once the oldest row is loaded. */
  readonly floor: number
}

/**
 * - `applied`: the state is at the version the message reached.
 * - `ignored`: known already, or nothing to do with the inbox.
 * - `gap`: something between is missing, or the message alone does not say enough. The state stays where it was:
 *   ask for everything after its version.
 * - `reset`: what is held cannot be brought up to date: fetch afresh.
 */
export type Outcome = 'applied' | 'ignored' | 'gap' | 'reset'

export interface Applied {
  readonly state: BaseState
  readonly outcome: Outcome
}

export const EMPTY: BaseState = { version: 0, unreadCount: 0, totalCount: 0, items: [], floor: 0 }

/** Takes one message of the server into the state. Applying it again changes nothing. */
export function apply(state: BaseState, message: ServerMessage): Applied {
  switch (message.type) {
    case 'sync':
      return applySync(state, message)
    case 'sync_reset':
      return { state, outcome: 'reset' }
    case 'new_notification':
    case 'marked_read':
    case 'all_marked_read':
    case 'notification_updated':
    case 'notification_deleted':
      return applyChange(state, message)
    default:
      return { state, outcome: 'ignored' }
  }
}

type Change = Extract<
  ServerMessage,
  {
    type:
      | 'new_notification'
      | 'marked_read'
      | 'all_marked_read'
      | 'notification_updated'
      | 'notification_deleted'
  }
>

function applyChange(state: BaseState, change: Change): Applied {
  // A `marked_read` without a version answers a command that changed nothing.
  if (change.version === undefined || change.unread_count === undefined || change.version <= state.version)
    return { state, outcome: 'ignored' }
  if (change.version > state.version + 1) return { state, outcome: 'gap' }

  const changed = changeItems(state, change)
  if (changed === null) return { state, outcome: 'gap' }
  const next = { ...state, ...changed, version: change.version, unreadCount: change.unread_count }
  return { state: next, outcome: 'applied' }
}

/** Null where the message does not say enough to stay exact. */
function changeItems(
  state: BaseState,
  change: Change,
): Partial<Pick<BaseState, 'items' | 'totalCount'>> | null {
  switch (change.type) {
    case 'new_notification': {
      const item = change.notification
      // The ten fields of a plain client's message do not tell the place in the inbox.
      if (!('seq' in item)) return null
      return { items: merge(state, [item], []), totalCount: state.totalCount + 1 }
    }
    case 'notification_updated': {
      const item = change.notification
      // Below what is loaded nobody can tell a change from an undone delete, which the total has to count.
      if (item.seq < state.floor) return null
      const known = state.items.some(({ id }) => id === item.id)
      return { items: merge(state, [item], []), totalCount: state.totalCount + (known ? 0 : 1) }
    }
    case 'notification_deleted':
      return { items: merge(state, [], [change.notification_id]), totalCount: state.totalCount - 1 }
    case 'marked_read':
      return { items: mapUnread(state.items, item => item.id === change.notification_id) }
    case 'all_marked_read':
      return { items: mapUnread(state.items, item => item.seq <= change.through_seq) }
  }
}

function applySync(state: BaseState, page: Sync): Applied {
  if (page.version < state.version) return { state, outcome: 'ignored' }
  if (page.from > state.version) return { state, outcome: 'gap' }
  const next: BaseState = {
    version: page.version,
    unreadCount: page.unread_count,
    totalCount: page.total_count,
    items: merge(state, page.notifications, page.deleted),
    floor: state.floor,
  }
  return { state: next, outcome: 'applied' }
}

/** The state that a first page of REST begins. */
export function fromPage(page: NotificationPage): BaseState {
  return {
    version: page.version,
    unreadCount: page.unread_count,
    totalCount: page.total,
    items: page.notifications,
    floor: floorOf(page),
  }
}

/**
 * Adds an older page below what is loaded. `since` are the messages received from when the page was asked for: those
 * above the page's version have not been seen by it, so they are played over it before its rows join.
 */
export function appendPage(
  state: BaseState,
  page: NotificationPage,
  since: readonly ServerMessage[],
): BaseState {
  const older = replay(fromPage(page), since).items.filter(item => item.seq < state.floor)
  return { ...state, items: [...state.items, ...older], floor: Math.min(state.floor, floorOf(page)) }
}

/** Applies what fits in order and passes over what the state knows already. */
export function replay(state: BaseState, messages: readonly ServerMessage[]): BaseState {
  return messages.reduce((reached, message) => apply(reached, message).state, state)
}

function floorOf(page: NotificationPage): number {
  return page.next_cursor === null ? 0 : (page.notifications.at(-1)?.seq ?? 0)
}

function merge(state: BaseState, changed: readonly InboxItem[], deleted: readonly string[]): InboxItem[] {
  const fresh = changed.filter(item => item.seq >= state.floor)
  const replaced = new Set([...deleted, ...fresh.map(item => item.id)])
  return [...state.items.filter(item => !replaced.has(item.id)), ...fresh].sort((a, b) => b.seq - a.seq)
}

/** Marks read what matches. The same array where nothing does. */
export function mapUnread(
  items: readonly InboxItem[],
  matches: (item: InboxItem) => boolean,
): readonly InboxItem[] {
  if (!items.some(item => !item.is_read && matches(item))) return items
  return items.map(item => (!item.is_read && matches(item) ? { ...item, is_read: true } : item))
}
