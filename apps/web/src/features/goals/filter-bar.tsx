/** Narrowing the goals list: text, state, year, quarter. All of it lives in the address of the page. */
import { useNavigate } from '@tanstack/react-router'
import { List, ListTree } from 'lucide-react'
import { ClearFilters, Filter, FilterBar, SearchBox } from '../../ui/filter-bar.tsx'
import { Segments } from '../../ui/segments.tsx'
import { type GoalSearch, isFiltered, yearsAround } from './filters.ts'
import { QUARTERS, STATUS_LABELS, STATUSES } from './words.ts'

export function GoalFilterBar({ filters, today }: { filters: GoalSearch; today: string }) {
  const navigate = useNavigate()
  const change = (next: Partial<Record<keyof GoalSearch, unknown>>) =>
    void navigate({ to: '/goals', search: { ...filters, ...next } as GoalSearch, replace: true })

  return (
    <FilterBar>
      <SearchBox
        label="Search goals"
        text={filters.search ?? ''}
        onChange={search => change({ search: search || undefined })}
      />
      <Filter
        name="Status"
        value={filters.status}
        options={STATUSES.map(status => ({ value: status, label: STATUS_LABELS[status] }))}
        onChange={status => change({ status })}
      />
      <Filter
        name="Year"
        value={filters.year?.toString()}
        options={yearsAround(Number(today.slice(0, 4)), filters.year).map(year => ({
          value: String(year),
          label: String(year),
        }))}
        onChange={year => change({ year: year && Number(year) })}
      />
      <Filter
        name="Quarter"
        value={filters.quarter}
        options={QUARTERS.map(quarter => ({ value: quarter, label: quarter }))}
        onChange={quarter => change({ quarter })}
      />
      {isFiltered(filters) && (
        <ClearFilters
          onClick={() =>
            change({ status: undefined, year: undefined, quarter: undefined, search: undefined })
          }
        />
      )}
      {filters.scope === 'organisation' && <ShownAs filters={filters} />}
    </FilterBar>
  )
}

function ShownAs({ filters: { view, open: _, ...rest } }: { filters: GoalSearch }) {
  return (
    <span className="ml-auto shrink-0 pl-2 max-sm:order-first max-sm:ml-0 max-sm:pl-0">
      <Segments
        compact
        label="Shown as"
        items={[
          {
            to: '/goals',
            search: rest,
            label: 'Tree',
            icon: <ListTree aria-hidden="true" className="size-4" />,
            current: view !== 'list',
          },
          {
            to: '/goals',
            search: { ...rest, view: 'list' },
            label: 'List',
            icon: <List aria-hidden="true" className="size-4" />,
            current: view === 'list',
          },
        ]}
      />
    </span>
  )
}
