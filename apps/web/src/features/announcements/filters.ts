/** What the list of announcements shows, as kept in the address of the page. */
import type { AnnouncementQuery } from '@pms/contract'

const OTHER_TABS = ['waiting', 'all', 'drafts'] as const
export type Tab = 'mine' | (typeof OTHER_TABS)[number]

/** Without a tab it is what is meant for me. */
export interface AnnouncementFilters {
  tab?: Exclude<Tab, 'mine'>
  search?: string
}

/** Reads filters from an address that anybody may have typed: what makes no sense is left out. */
export function parseFilters(raw: Record<string, unknown>): AnnouncementFilters {
  const filters: AnnouncementFilters = {}
  const tab = OTHER_TABS.find(known => known === raw.tab)
  if (tab) filters.tab = tab
  const search = typeof raw.search === 'string' || typeof raw.search === 'number' ? String(raw.search) : ''
  if (search.trim()) filters.search = search.slice(0, 100)
  return filters
}

const ASKED: Record<Tab, Pick<AnnouncementQuery, 'scope' | 'status'>> = {
  mine: { scope: 'mine' },
  waiting: { scope: 'waiting' },
  all: { status: 'PUBLISHED' },
  drafts: { status: 'DRAFT' },
}

/** The filters as the server takes them. */
export const toQuery = ({ tab, search = '' }: AnnouncementFilters) => ({
  ...ASKED[tab ?? 'mine'],
  search: search.trim() || undefined,
})
