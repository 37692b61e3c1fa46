/** What everybody should know: first what asks to be acknowledged, then what was published lately. */
import type { AnnouncementPage } from '@pms/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get } from '../../api/client.ts'
import { useNow } from '../../ui/now.ts'
import { Pill } from '../../ui/pill.tsx'
import { Dot, RowLine, rowLinkClass } from '../../ui/row.tsx'
import { Ago } from '../../ui/time.tsx'
import { asks, newsOf } from './news.ts'
import { Loaded, Nothing, Section } from './section.tsx'

const SHOWN = 5

const announcementsQuery = queryOptions({
  queryKey: ['announcement', 'home'],
  queryFn: async ({ signal }) => {
    const query = { scope: 'mine', status: 'PUBLISHED', limit: 20 }
    return (await get<AnnouncementPage>('/api/announcements', { query, signal })).items
  },
})

export function Announcements() {
  const now = useNow()
  const { data, error, refetch } = useQuery(announcementsQuery)
  const news = data && newsOf(data, now)
  return (
    <Section title="Announcements" all={{ to: '/announcements', search: {}, label: 'All' }}>
      <Loaded data={news} error={error} retry={() => void refetch()}>
        {items =>
          items.length === 0 ? (
            <Nothing>Nothing new.</Nothing>
          ) : (
            <ul>
              {items.slice(0, SHOWN).map(item => (
                <li
                  key={item.id}
                  className="relative -mx-2 flex min-h-12 items-center gap-3 rounded-md px-2 py-1.5 transition-colors hover:bg-hover has-focus-visible:bg-hover"
                >
                  <div className="min-w-0 flex-1">
                    <Link to={`/announcements/${item.id}` as string} data-row className={rowLinkClass}>
                      {item.title}
                    </Link>
                    <RowLine>
                      <span className="truncate">{item.author.name}</span>
                      <Dot />
                      <Ago at={item.published_at ?? item.created_at} className="shrink-0" />
                    </RowLine>
                  </div>
                  {asks(item) && <Pill tone="awaiting">Acknowledge</Pill>}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
