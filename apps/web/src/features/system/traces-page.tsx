/** Notifications of one person: what was written, when, and what it has become. What they say stays theirs. */
import type { TracedNotification } from '@pms/contract'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { BellOff, Search, UserSearch } from 'lucide-react'
import { type Labels, labelOf } from '../../shared/notification-types.ts'
import { PersonPicker } from '../../shared/person-picker.tsx'
import { absolute } from '../../ui/dates.ts'
import { Field, Input } from '../../ui/field.tsx'
import { Empty, Failed } from '../../ui/messages.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { Pill } from '../../ui/pill.tsx'
import { RowLine, rowClass, rowEnds, rowLinkClass } from '../../ui/row.tsx'
import { ForObservers, SystemHead } from './system-head.tsx'
import { reachQuery, tracedQuery } from './trace-queries.ts'
import type { TraceSearch } from './trace-search.ts'
import { moment, reachText, STATES } from './trace-words.ts'

const route = getRouteApi('/app/system/notifications')

/** @param labels what types are called */
export const TracesPage = ({ labels }: { labels: Labels }) => (
  <>
    <SystemHead current="notifications" />
    <ForObservers>
      <Traces labels={labels} />
    </ForObservers>
  </>
)

function Traces({ labels }: { labels: Labels }) {
  const search = route.useSearch()
  const navigate = useNavigate()
  const { person, until } = search
  const reach = useQuery({ ...reachQuery(person ?? ''), enabled: person !== undefined })
  const go = (next: TraceSearch) =>
    void navigate({ to: '/system/notifications', search: next, replace: true })
  return (
    <>
      <div className={`border-b border-line py-5 ${rowEnds}`}>
        <div className="flex max-w-[640px] flex-wrap gap-4">
          <div className="min-w-60 flex-1">
            <PersonPicker
              label="Whose notifications"
              from="anybody"
              error={undefined}
              value={reach.data && person ? { ...reach.data, job_title: '' } : null}
              onChange={chosen => go(chosen ? { ...(until && { until }), person: chosen.id } : {})}
            />
          </div>
          {person && (
            <Field label="Up to" optional className="min-w-52">
              {control => (
                <Input
                  {...control}
                  type="datetime-local"
                  value={until ?? ''}
                  onChange={({ target: { value } }) => go(value ? { person, until: value } : { person })}
                />
              )}
            </Field>
          )}
        </div>
        {reach.data && person && (
          <div role="status" className="mt-4 max-w-[640px] text-sm text-pretty">
            <ul className="space-y-1">
              {reachText(reach.data, labels).map(sentence => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
      {person === undefined ? (
        <Empty icon={UserSearch} title="Did a notification not arrive?">
          Choose the person it was for. You see when it was written, where it went, and whether it was read;
          never what it says.
        </Empty>
      ) : reach.error && !reach.data ? (
        <Failed error={reach.error} retry={() => void reach.refetch()} />
      ) : (
        <List search={search} labels={labels} />
      )}
    </>
  )
}

function List({ search, labels }: { search: TraceSearch; labels: Labels }) {
  const query = useInfiniteQuery({ ...tracedQuery(search), placeholderData: keepPreviousData })
  return (
    <PagedList
      query={query}
      names={['notification', 'notifications']}
      empty={
        search.until ? (
          <Empty icon={Search} title="None up to then">
            They had no notification before that moment, or it has been cleaned up since.
          </Empty>
        ) : (
          <Empty icon={BellOff} title="No notification yet">
            Nothing was written for this person. What they turned off is never written.
          </Empty>
        )
      }
    >
      {item => <Row key={item.id} item={item} labels={labels} />}
    </PagedList>
  )
}

function Row({ item, labels }: { item: TracedNotification; labels: Labels }) {
  const { id, type, created_at, needs_action, priority, state } = item
  const { tone, label } = STATES[state]
  return (
    <li className={rowClass}>
      <div className="min-w-0 flex-1">
        <Link
          to="/system/notifications/$notificationId"
          params={{ notificationId: id }}
          data-row
          className={rowLinkClass}
        >
          {labelOf(type, labels)}
        </Link>
        <RowLine>
          <time dateTime={created_at} title={absolute(created_at)} className="tabular-nums">
            {moment(created_at)}
          </time>
          <span className="truncate">
            · {priority}
            {needs_action && ', asks for a decision'}
          </span>
        </RowLine>
      </div>
      <Pill tone={tone}>{label}</Pill>
    </li>
  )
}
