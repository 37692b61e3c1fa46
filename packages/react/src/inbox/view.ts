/** What of an inbox is shown: a tab, and filters within it. The application may keep it in the address of its page. */
import type { PageFilters, Priority } from '@pms/client'

export const TABS = ['all', 'unread', 'action'] as const
export type InboxTab = (typeof TABS)[number]

export const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'medium', 'low']

export interface InboxView {
  readonly tab: InboxTab
  readonly type?: string | undefined
  readonly priority?: Priority | undefined
}

export const EVERYTHING: InboxView = { tab: 'all' }

export const isFiltered = ({ type, priority }: InboxView): boolean =>
  type !== undefined || priority !== undefined

export function toFilters({ tab, type, priority }: InboxView): PageFilters {
  return {
    ...(tab === 'unread' && { unreadOnly: true }),
    ...(tab === 'action' && { needsAction: true }),
    ...(type !== undefined && { type }),
    ...(priority !== undefined && { priority }),
  }
}
