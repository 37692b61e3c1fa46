/** Reviews: those I write, those about me, those of my team. */
import type { Review } from '@pms/contract'
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import type { PageOf } from '../../api/paged.ts'
import { ListHead } from '../../ui/list-page.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { isFiltered, type ReviewFilters, toQuery } from './filters.ts'
import { ListTabs } from './list-tabs.tsx'
import { MyResults } from './my-results.tsx'
import { NoReviews } from './no-reviews.tsx'
import { reviewListQuery } from './queries.ts'
import { ReviewFilterBar } from './review-filters.tsx'
import { ReviewRow } from './review-row.tsx'
import { isOpen } from './words.ts'

const route = getRouteApi('/app/reviews')

export function ReviewsPage() {
  const filters = route.useSearch()
  const navigate = useNavigate()
  const scope = filters.scope ?? 'mine'
  return (
    <>
      <ListHead
        title="Reviews"
        tabs={<ListTabs current={scope} />}
        filters={
          <ReviewFilterBar
            filters={filters}
            onChange={next =>
              void navigate({
                to: '/reviews',
                search: { ...filters, ...next } as ReviewFilters,
                replace: true,
              })
            }
          />
        }
      />
      {scope === 'about_me' && !isFiltered(filters) && <MyResults />}
      <ReviewList filters={filters} />
    </>
  )
}

function ReviewList({ filters }: { filters: ReviewFilters }) {
  const me = useMe()
  const today = useToday()
  const query = useInfiniteQuery({
    ...reviewListQuery(toQuery(filters)),
    placeholderData: before => before,
    select: openFirst,
  })
  return (
    <PagedList query={query} names={['review', 'reviews']} empty={<NoReviews filters={filters} />}>
      {review => (
        <ReviewRow
          key={review.id}
          review={review}
          today={today}
          meId={me.id}
          withoutWriter={!filters.scope}
        />
      )}
    </PagedList>
  )
}

/** What is still to be written comes first, soonest due; what is done after it, as it came. */
function openFirst(data: InfiniteData<PageOf<Review>>): InfiniteData<PageOf<Review>> {
  const all = data.pages.flatMap(page => page.items)
  const open = all.filter(isOpen).sort((one, other) => one.due_on.localeCompare(other.due_on))
  const { total = 0, next_cursor = null } = data.pages.at(-1) ?? {}
  const items = [...open, ...all.filter(review => !isOpen(review))]
  return { ...data, pages: [{ items, total, next_cursor }] }
}
