/** Who did what, when: for those who look after the organisation. Everything narrows by what one clicks on. */
import type { AuditEntry } from '@pms/contract'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Lock, ScrollText, SearchX } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { ApiError } from '../../api/problem.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/messages.tsx'
import { PageHeading, TopBar } from '../../ui/page.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { AuditFilterBar } from './audit-filter-bar.tsx'
import { EntryRow } from './entry-row.tsx'
import type { AuditFilters } from './filters.ts'
import { auditQuery } from './queries.ts'

const route = getRouteApi('/app/audit')

export function AuditPage() {
  const me = useMe()
  const filters = route.useSearch()
  return (
    <>
      <TopBar>
        <PageHeading title="Audit log" className="text-xl" />
      </TopBar>
      {me.permissions.includes('audit.read') ? (
        <Log filters={filters} />
      ) : (
        <Empty icon={Lock} title="The audit log is read by HR and admins">
          What happened to a goal, an initiative or a review stands on its own page.
        </Empty>
      )}
    </>
  )
}

function Log({ filters }: { filters: AuditFilters }) {
  const navigate = useNavigate()
  const query = useInfiniteQuery({ ...auditQuery(filters), placeholderData: keepPreviousData })
  const narrow = (next: Partial<Record<keyof AuditFilters, string | undefined>>) => {
    const entries = Object.entries({ ...filters, ...next }).filter(([, value]) => value)
    void navigate({ to: '/audit', search: Object.fromEntries(entries) as AuditFilters, replace: true })
  }
  const known = query.data?.pages.flatMap(page => page.items) ?? []
  const lost = query.error instanceof ApiError && query.error.status === 403
  if (lost)
    return (
      <Empty icon={Lock} title="You may not read the audit log any more">
        Your role has changed.
      </Empty>
    )
  return (
    <>
      <div className="border-b border-line px-4 sm:px-6">
        <AuditFilterBar filters={filters} actorName={actorName(known, filters)} onChange={narrow} />
      </div>
      <PagedList query={query} names={['entry', 'entries']} empty={<Nothing filters={filters} />}>
        {entry => <EntryRow key={entry.id} entry={entry} onNarrow={narrow} />}
      </PagedList>
    </>
  )
}

const actorName = (entries: readonly AuditEntry[], { actor_id }: AuditFilters) =>
  entries.find(({ actor }) => actor.id === actor_id)?.actor.name

const Nothing = ({ filters }: { filters: AuditFilters }) =>
  Object.keys(filters).length > 0 ? (
    <Empty
      icon={SearchX}
      title="Nothing matches"
      action={
        <Link to="/audit" className={buttonClass('secondary')}>
          Clear filters
        </Link>
      }
    />
  ) : (
    <Empty icon={ScrollText} title="Nothing has happened yet">
      Whatever is done here is written down with who did it, and never changed.
    </Empty>
  )
