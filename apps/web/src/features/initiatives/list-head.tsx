/** Above the initiatives: whose, which of them, and how they are shown. All of it lives in the address of the page. */
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { CalendarDays, Columns3, List, Plus, UserPlus } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { ClearFilters, Filter, FilterBar, SearchBox } from '../../ui/filter-bar.tsx'
import { ListHead } from '../../ui/list-page.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { type InitiativeFilters, isFiltered, type Scope, VIEWS, type View } from './filters.ts'
import { waitingCountQuery } from './queries.ts'
import { STATUS_LABELS, STATUSES, TYPE_LABELS, TYPES, URGENCIES, URGENCY_LABELS } from './words.ts'

const SCOPE_LABELS: Record<Scope, string> = {
  mine: 'Mine',
  team: 'Team',
  waiting: 'Waiting on me',
  all: 'All',
}

const VIEW_LABELS: Record<View, string> = { list: 'List', board: 'Board', calendar: 'Calendar' }
const VIEW_ICONS = { list: List, board: Columns3, calendar: CalendarDays }

export function InitiativesHead({ filters }: { filters: InitiativeFilters }) {
  const me = useMe()
  return (
    <ListHead
      title="Initiatives"
      actions={
        <>
          {me.has_team && (
            <Link to="/initiatives/assign" className={buttonClass('secondary', 'max-sm:hidden')}>
              <UserPlus aria-hidden="true" className="size-4" />
              Assign
            </Link>
          )}
          <Link
            to="/initiatives/new"
            aria-label="New initiative"
            className={buttonClass('primary', 'max-sm:size-11 max-sm:px-0!')}
          >
            <Plus aria-hidden="true" className="-ml-0.5 size-4 max-sm:ml-0 max-sm:size-5" />
            <span className="max-sm:hidden">New initiative</span>
          </Link>
        </>
      }
      tabs={<Scopes filters={filters} />}
      filters={<Filters filters={filters} />}
    />
  )
}

/** Another list, shown in the same way. */
function Scopes({ filters: { scope: chosen, view, month } }: { filters: InitiativeFilters }) {
  const current: Scope = chosen ?? 'mine'
  const me = useMe()
  const waiting = useQuery(waitingCountQuery).data ?? 0
  const scopes: Scope[] = ['mine', ...(me.has_team ? (['team'] as const) : []), 'waiting', 'all']
  const how = { ...(view ? { view } : {}), ...(month ? { month } : {}) }
  return (
    <Tabs
      label="Initiative lists"
      tabs={scopes.map(scope => ({
        to: '/initiatives',
        search: scope === 'mine' ? how : { ...how, scope },
        label: SCOPE_LABELS[scope],
        current: scope === current,
        count: scope === 'waiting' ? waiting : 0,
      }))}
    />
  )
}

function Filters({ filters }: { filters: InitiativeFilters }) {
  const navigate = useNavigate()
  const change = (next: Partial<Record<keyof InitiativeFilters, unknown>>) =>
    void navigate({
      to: '/initiatives',
      search: { ...filters, ...next } as InitiativeFilters,
      replace: true,
    })
  const { view: chosenView, ...rest } = filters
  const currentView: View = chosenView ?? 'list'

  return (
    <FilterBar>
      <SearchBox
        label="Search initiatives"
        text={filters.search ?? ''}
        onChange={search => change({ search: search || undefined })}
      />
      {currentView !== 'board' && (
        <Filter
          name="Status"
          value={filters.status}
          options={STATUSES.map(value => ({ value, label: STATUS_LABELS[value] }))}
          onChange={status => change({ status })}
        />
      )}
      <Filter
        name="Urgency"
        value={filters.urgency}
        options={URGENCIES.map(value => ({ value, label: URGENCY_LABELS[value] }))}
        onChange={urgency => change({ urgency })}
      />
      <Filter
        name="Type"
        value={filters.type}
        options={TYPES.map(value => ({ value, label: TYPE_LABELS[value] }))}
        onChange={type => change({ type })}
      />
      {isFiltered(filters) && (
        <ClearFilters
          onClick={() =>
            change({ status: undefined, urgency: undefined, type: undefined, search: undefined })
          }
        />
      )}
      <span className="ml-auto shrink-0 pl-2 max-sm:order-first max-sm:ml-0 max-sm:pl-0">
        <Segments
          compact
          label="Shown as"
          items={VIEWS.map(view => {
            const Icon = VIEW_ICONS[view]
            // A column is a status: on the board there is nothing to narrow by it.
            const { status, month, ...others } = rest
            const kept = view === 'board' ? others : { ...others, ...(status ? { status } : {}) }
            return {
              to: '/initiatives' as const,
              search: view === 'list' ? kept : { ...kept, view },
              label: VIEW_LABELS[view],
              icon: <Icon aria-hidden="true" className="size-4" />,
              current: view === currentView,
            }
          })}
        />
      </span>
    </FilterBar>
  )
}
