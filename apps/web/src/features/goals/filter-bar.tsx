/** Narrowing the goals list: text, state, year, quarter. All of it lives in the address of the page. */
import { useNavigate } from '@tanstack/react-router'
import { ClearFilters, Filter, FilterBar, SearchBox } from '../../ui/filter-bar.tsx'
import { type GoalFilters, isFiltered, yearsAround } from './filters.ts'
import { QUARTERS, STATUS_LABELS, STATUSES } from './words.ts'

export function GoalFilterBar({ filters, today }: { filters: GoalFilters; today: string }) {
  const navigate = useNavigate()
  const change = (next: Partial<Record<keyof GoalFilters, unknown>>) =>
    void navigate({ to: '/goals', search: { ...filters, ...next } as GoalFilters, replace: true })

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
    </FilterBar>
  )
}
