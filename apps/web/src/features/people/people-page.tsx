/** Who there is: everybody of the organisation, by name. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { inTree, unitsQuery } from '../../shared/units.ts'
import { buttonClass } from '../../ui/button.tsx'
import { ClearFilters, Filter, FilterBar, SearchBox } from '../../ui/filter-bar.tsx'
import { Empty } from '../../ui/messages.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { isFiltered, type PeopleFilters } from './filters.ts'
import { PeopleHead } from './people-head.tsx'
import { PersonRow } from './person-row.tsx'
import { peopleQuery } from './queries.ts'
import { ROLE_LABELS, ROLES, STATUS_LABELS, STATUSES } from './words.ts'

const route = getRouteApi('/app/people')

export function PeoplePage() {
  const filters = route.useSearch()
  const today = useToday()
  const query = useInfiniteQuery({ ...peopleQuery(filters), placeholderData: before => before })
  return (
    <>
      <PeopleHead current="people" filters={<PeopleFilterBar filters={filters} />} />
      <PagedList query={query} names={['person', 'people']} empty={<Nobody />}>
        {person => <PersonRow key={person.id} person={person} today={today} />}
      </PagedList>
    </>
  )
}

function PeopleFilterBar({ filters }: { filters: PeopleFilters }) {
  const me = useMe()
  const navigate = useNavigate()
  const units = useQuery(unitsQuery).data ?? []
  const change = (next: Partial<Record<keyof PeopleFilters, unknown>>) =>
    void navigate({ to: '/people', search: { ...filters, ...next } as PeopleFilters, replace: true })
  // Those who left are shown to whoever keeps the accounts, and to nobody else.
  const statuses = STATUSES.filter(status => status !== 'archived' || me.permissions.includes('users.manage'))
  return (
    <FilterBar>
      <SearchBox
        label="Search people"
        text={filters.search ?? ''}
        onChange={search => change({ search: search || undefined })}
      />
      <Filter
        name="Unit"
        value={filters.unit}
        options={inTree(units).map(({ id, name, depth }) => ({
          value: id,
          label: '\u2003'.repeat(depth) + name,
        }))}
        onChange={unit => change({ unit })}
      />
      <Filter
        name="Role"
        value={filters.role}
        options={ROLES.map(role => ({ value: role, label: ROLE_LABELS[role] }))}
        onChange={role => change({ role })}
      />
      <Filter
        name="Status"
        value={filters.status}
        options={statuses.map(status => ({ value: status, label: STATUS_LABELS[status] }))}
        onChange={status => change({ status })}
      />
      {isFiltered(filters) && (
        <ClearFilters
          onClick={() => change({ search: undefined, unit: undefined, role: undefined, status: undefined })}
        />
      )}
    </FilterBar>
  )
}

const Nobody = () => (
  <Empty
    icon={SearchX}
    title="Nobody matches"
    action={
      <Link to="/people" search={{}} className={buttonClass('secondary')}>
        Clear filters
      </Link>
    }
  >
    Names, email addresses and job titles are searched.
  </Empty>
)
