/** A row of the inbox as it travels, and its short form for clients that know only the plain protocol. */
import type { InboxItem, Notification } from '@pms/protocol'
import type { NotificationTable } from './database/tables.ts'

export function toItem(row: NotificationTable): InboxItem {
  return {
    id: row.id,
    type: row.type,
    priority: row.priority,
    title: row.title,
    message: row.message,
    action_url: row.action_url,
    data: JSON.parse(row.data),
    triggered_by_name: row.actor_name,
    created_at: row.created_at,
    is_read: row.read_at !== null,
    seq: row.seq,
    needs_action: row.needs_action === 1,
    resolved_at: row.resolved_at,
    resolved_by_name: row.resolved_by_name,
    object:
      row.object_type !== null && row.object_id !== null
        ? { type: row.object_type, id: row.object_id }
        : null,
  }
}

/** The ten fields that every client knows, and no other. */
export function toPlain(item: InboxItem): Notification {
  const { id, type, priority, title, message, action_url, data, triggered_by_name, created_at, is_read } =
    item
  return { id, type, priority, title, message, action_url, data, triggered_by_name, created_at, is_read }
}
