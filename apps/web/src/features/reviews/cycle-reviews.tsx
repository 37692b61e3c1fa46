/** Every review of a cycle, for those who run it. */
import type { ReviewCycleDetail } from '@pms/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Empty } from '../../ui/messages.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import type { CycleSearch } from './filters.ts'
import { reviewListQuery } from './queries.ts'
import { ReviewFilterBar } from './review-filters.tsx'
import { ReviewMenu } from './review-menu.tsx'
import { ReviewRow } from './review-row.tsx'
import { inSentence } from './words.ts'

export function CycleReviews({ cycle, search }: { cycle: ReviewCycleDetail; search: CycleSearch }) {
  const me = useMe()
  const today = useToday()
  const navigate = useNavigate()
  const { status, kind } = search
  const query = useInfiniteQuery({
    ...reviewListQuery({
      scope: 'all',
      cycle_id: cycle.id,
      ...(status ? { status } : {}),
      ...(kind ? { kind } : {}),
    }),
    placeholderData: before => before,
  })
  return (
    <>
      <div className="border-b border-line px-4 sm:px-6">
        <ReviewFilterBar
          filters={search}
          onChange={next =>
            void navigate({
              to: '/reviews/cycles/$cycleId',
              params: { cycleId: cycle.id },
              search: { ...search, ...next } as CycleSearch,
              replace: true,
            })
          }
        />
      </div>
      <PagedList
        query={query}
        names={['review', 'reviews']}
        empty={
          <Empty icon={SearchX} title={status || kind ? 'No review matches' : 'No reviews here'}>
            What others write about you yourself is not listed.
          </Empty>
        }
      >
        {review => (
          <ReviewRow
            key={review.id}
            review={review}
            today={today}
            meId={me.id}
            withoutCycle
            menu={<ReviewMenu review={review} name={`Actions on the ${inSentence(review, me.id)}`} />}
          />
        )}
      </PagedList>
    </>
  )
}
