/**
 * Changes as text for the wire. There are two vocabularies: a client that resumes by version hears each change as
 * it is, a plain one hears all of it in the few messages that it knows. Each text is made once, whatever the number
 * of sockets it goes to.
 */
import type {
  AllMarkedRead,
  InboxItem,
  MarkedRead,
  NewNotification,
  NotificationDeleted,
  NotificationUpdated,
  ServerMessage,
  Sync,
} from '@pms/protocol'
import type { InboxChange, ResourceSignal } from './bus/bus.ts'
import type { SyncPage } from './inbox.ts'
import { toPlain } from './item.ts'

export type Vocabulary = 'plain' | 'sync'

/** The change that was put into words last: it goes to all sockets of its person before the next one is. */
const last: Record<Vocabulary, { change: InboxChange | null; texts: readonly string[] }> = {
  plain: { change: null, texts: [] },
  sync: { change: null, texts: [] },
}

/** The messages that tell of a change: one in the sync vocabulary, any number in the plain one. */
export function encodeChange(change: InboxChange, vocabulary: Vocabulary): readonly string[] {
  const made = last[vocabulary]
  if (made.change === change) return made.texts
  made.change = change
  made.texts = vocabulary === 'sync' ? [JSON.stringify(inSync(change))] : inPlain(change).map(encode)
  return made.texts
}

export function encode(message: ServerMessage): string {
  return JSON.stringify(message)
}

export function encodeSignal({ resource, id }: Pick<ResourceSignal, 'resource' | 'id'>): string {
  return encode({ type: 'resource_changed', resource, id })
}

export function encodePage(page: SyncPage): string {
  const message: Sync = {
    type: 'sync',
    from: page.from,
    version: page.version,
    unread_count: page.unreadCount,
    total_count: page.totalCount,
    notifications: page.changed,
    deleted: page.deleted,
    more: page.more,
  }
  return encode(message)
}

/** A page in the words of a plain client: it is told of what is new to read, and of what was read. */
export function encodePageInPlain(page: SyncPage): string[] {
  const at = { version: page.version, unread_count: page.unreadCount }
  return page.changed.map(item => encode(item.is_read ? markedRead(item.id, at) : newNotification(item, at)))
}

interface At {
  version: number
  unread_count: number
}

function inSync(change: InboxChange): ServerMessage {
  const at = { version: change.version, unread_count: change.unread_count }
  switch (change.kind) {
    case 'created':
      return { type: 'new_notification', notification: change.item, ...at } satisfies NewNotification
    case 'read':
      return markedRead(change.id, at)
    case 'all_read':
      return {
        type: 'all_marked_read',
        through_seq: change.through_seq,
        count: change.count,
        ...at,
      } satisfies AllMarkedRead
    case 'updated':
      return { type: 'notification_updated', notification: change.item, ...at } satisfies NotificationUpdated
    case 'deleted':
      return { type: 'notification_deleted', notification_id: change.id, ...at } satisfies NotificationDeleted
  }
}

function inPlain(change: InboxChange): ServerMessage[] {
  const at = { version: change.version, unread_count: change.unread_count }
  switch (change.kind) {
    case 'created':
      return [newNotification(change.item, at)]
    case 'read':
      return [markedRead(change.id, at)]
    case 'all_read':
      return change.ids.map(id => markedRead(id, at))
    case 'updated':
      return change.item.is_read ? [markedRead(change.item.id, at)] : []
    case 'deleted':
      return []
  }
}

function newNotification(item: InboxItem, at: At): NewNotification {
  return { type: 'new_notification', notification: toPlain(item), ...at }
}

function markedRead(id: string, at: At): MarkedRead {
  return { type: 'marked_read', notification_id: id, ...at }
}
