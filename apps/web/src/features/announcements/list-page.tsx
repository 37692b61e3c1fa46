/** Announcements: those for me, those that I am to acknowledge; for who publishes all of them, and the drafts. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { FilterBar, SearchBox } from '../../ui/filter-bar.tsx'
import { ListHead } from '../../ui/list-page.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { AnnouncementRow } from './announcement-row.tsx'
import type { AnnouncementFilters, Tab } from './filters.ts'
import { NoAnnouncements } from './no-announcements.tsx'
import { announcementListQuery, waitingCountQuery } from './queries.ts'

const route = getRouteApi('/app/announcements')

export function AnnouncementsPage() {
  const me = useMe()
  const filters = route.useSearch()
  const navigate = useNavigate()
  const publishes = me.permissions.includes('announcements.publish')
  const waiting = useQuery(waitingCountQuery).data ?? 0
  const tab = (label: string, name: Tab, count = 0) => ({
    to: '/announcements' as const,
    search: name === 'mine' ? {} : { tab: name },
    label,
    count,
    current: (filters.tab ?? 'mine') === name,
  })
  return (
    <>
      <ListHead
        title="Announcements"
        actions={
          publishes && (
            <Link
              to="/announcements/new"
              aria-label="New announcement"
              className={buttonClass('primary', 'max-sm:size-11 max-sm:px-0!')}
            >
              <Plus aria-hidden="true" className="-ml-0.5 size-4 max-sm:ml-0" />
              <span className="max-sm:hidden">New announcement</span>
            </Link>
          )
        }
        tabs={
          <Tabs
            label="Lists of announcements"
            tabs={[
              tab('For you', 'mine'),
              tab('To acknowledge', 'waiting', waiting),
              ...(publishes ? [tab('All', 'all'), tab('Drafts', 'drafts')] : []),
            ]}
          />
        }
        filters={
          <FilterBar>
            <SearchBox
              label="Search announcements"
              text={filters.search ?? ''}
              onChange={search => {
                const { search: _, ...rest } = filters
                const next = search ? { ...rest, search } : rest
                void navigate({ to: '/announcements', search: next, replace: true })
              }}
            />
          </FilterBar>
        }
      />
      <List filters={filters} />
    </>
  )
}

function List({ filters }: { filters: AnnouncementFilters }) {
  const query = useInfiniteQuery({
    ...announcementListQuery(filters),
    placeholderData: (before, query) =>
      (query?.queryKey[2] as AnnouncementFilters | undefined)?.tab === filters.tab ? before : undefined,
  })
  return (
    <PagedList
      query={query}
      names={['announcement', 'announcements']}
      empty={<NoAnnouncements filters={filters} />}
    >
      {announcement => <AnnouncementRow key={announcement.id} announcement={announcement} />}
    </PagedList>
  )
}
