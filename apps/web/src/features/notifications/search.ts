/** What the inbox shows, as kept in the address of its page. */
import type { Priority } from '@pms/protocol'
import type { InboxTab, InboxView } from '@pms/react'

export interface InboxSearch {
  tab?: Exclude<InboxTab, 'all'>
  type?: string
  priority?: Priority
  /** The one in the reading pane. */
  id?: string
  /** Rows are there to be ticked, by a finger: a state of its own, which the way back leaves again. */
  ticking?: true
}

const OTHER_TABS = ['unread', 'action'] as const
const PRIORITIES: readonly Priority[] = ['low', 'medium', 'high', 'urgent']
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const TYPE = /^[a-z_]{1,60}$/

/** Reads an address that anybody may have typed: what makes no sense is left out. */
export function parseInbox(raw: Record<string, unknown>): InboxSearch {
  const search: InboxSearch = {}
  const tab = OTHER_TABS.find(known => known === raw.tab)
  if (tab) search.tab = tab
  if (typeof raw.type === 'string' && TYPE.test(raw.type)) search.type = raw.type
  const priority = PRIORITIES.find(known => known === raw.priority)
  if (priority) search.priority = priority
  if (typeof raw.id === 'string' && ID.test(raw.id)) search.id = raw.id
  if (raw.ticking === true) search.ticking = true
  return search
}

export const viewOf = ({ tab, type, priority }: InboxSearch): InboxView => ({
  tab: tab ?? 'all',
  type,
  priority,
})

/** The address of another view. Whatever was read there is read on only where it was chosen. */
export function searchOf({ tab, type, priority }: InboxView): InboxSearch {
  return { ...(tab !== 'all' && { tab }), ...(type && { type }), ...(priority && { priority }) }
}
