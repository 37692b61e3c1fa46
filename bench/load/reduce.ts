/** What a client does with what it is told, without a socket: its reducer over a hundred thousand changes. */
import type { InboxItem, ServerMessage } from '@pms/protocol'
import { apply, type BaseState, EMPTY } from '../../packages/client/src/store.ts'

export interface ReduceJob {
  changes: number
  /** Rows that are held all the time, where messages come singly. */
  held: number
  /** Rows of a page, where it catches up. */
  page: number
}

/** @returns milliseconds: for as many messages, and for pages that bring as many rows */
export async function reduce({ changes, held, page }: ReduceJob): Promise<{ live: number; catchUp: number }> {
  const reach = (wanted: number, messages: Iterable<ServerMessage>) => {
    const from = performance.now()
    let state: BaseState = EMPTY
    for (const message of messages) state = apply(state, message).state
    if (state.version !== wanted) throw new Error(`The client is at ${state.version} instead of ${wanted}`)
    return performance.now() - from
  }
  return { live: reach(changes, live(changes, held)), catchUp: reach(changes, pages(changes, page)) }
}

/** New ones until as many are held as wanted; then one is read, the oldest is deleted, one is new, over and over. */
function* live(changes: number, held: number): Generator<ServerMessage> {
  let newest = 0
  let oldest = 1
  for (let version = 1; version <= changes; version++) {
    const at = { version, unread_count: 0 }
    if (version <= held || version % 3 === 0)
      yield { type: 'new_notification', notification: itemOf(++newest, version), ...at }
    else if (version % 3 === 1) yield { type: 'marked_read', notification_id: idOf(newest), ...at }
    else yield { type: 'notification_deleted', notification_id: idOf(oldest++), ...at }
  }
}

function* pages(changes: number, size: number): Generator<ServerMessage> {
  for (let from = 0; from < changes; from += size) {
    const version = Math.min(changes, from + size)
    const notifications = Array.from({ length: version - from }, (_, at) =>
      itemOf(from + at + 1, from + at + 1),
    )
    yield {
      type: 'sync',
      from,
      version,
      unread_count: version,
      total_count: version,
      notifications,
      deleted: [],
      more: version < changes,
    }
  }
}

const idOf = (number: number): string => `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`

function itemOf(number: number, seq: number): InboxItem {
  return {
    id: idOf(number),
    type: 'goal_offered',
    priority: 'high',
    title: 'New Goal Assigned to You',
    message: 'A message',
    action_url: null,
    data: { number },
    triggered_by_name: null,
    created_at: '2026-11-01T08:00:00.000Z',
    is_read: false,
    seq,
    object: null,
    resolved_at: null,
    resolved_by_name: null,
    needs_action: false,
  }
}
