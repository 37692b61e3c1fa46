/** Whether a notification is among those that filters select, as the server decides it. */
import type { InboxItem } from '@pms/protocol'
import type { PageFilters } from '../types.ts'

export function matches(item: InboxItem, { unreadOnly, type, priority, needsAction }: PageFilters): boolean {
  if (unreadOnly && item.is_read) return false
  if (needsAction && !(item.needs_action && item.resolved_at === null)) return false
  return (type ?? item.type) === item.type && (priority ?? item.priority) === item.priority
}
