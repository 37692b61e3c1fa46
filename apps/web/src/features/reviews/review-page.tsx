/** One review: the form for whoever writes it, its answers for whoever may read them, or why there are none. */
import type { ReviewDetail } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { PageHeading, useFocusAfter } from '../../ui/page.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ThingFrame } from '../../ui/thing-frame.tsx'
import { DueDay, When } from '../../ui/time.tsx'
import { can } from './actions.ts'
import { Evidence } from './evidence.tsx'
import { reviewDetailQuery } from './queries.ts'
import { ReviewAnswers } from './review-answers.tsx'
import { ReviewForm } from './review-form.tsx'
import { ReviewMenu } from './review-menu.tsx'
import { isOpen, periodOf, REVIEW_STATES, titleOf } from './words.ts'

const route = getRouteApi('/app/reviews/$reviewId')

export const BACK = { to: '/reviews', label: 'Reviews' } as const

export function ReviewPage() {
  const { reviewId } = route.useParams()
  return <Review key={reviewId} id={reviewId} />
}

function Review({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(reviewDetailQuery(id))
  useFocusAfter(data !== undefined && can(data, 'save'))
  return (
    <ThingFrame name="review" back={BACK} thing={data} error={error} retry={() => void refetch()}>
      {review => (
        <div className="grid lg:min-h-[calc(100dvh-56px)] lg:grid-cols-[minmax(0,1fr)_340px] xl:grid-cols-[minmax(0,1fr)_380px]">
          <article className="mx-auto w-full min-w-0 max-w-[740px] px-4 pt-7 pb-10 sm:px-8 lg:px-10 lg:pt-9">
            <Head review={review} />
            {can(review, 'save') ? (
              // A form of its own each time that it is to be written.
              <ReviewForm key={review.submitted_at ?? 'open'} review={review} />
            ) : (
              <ReviewAnswers review={review} />
            )}
          </article>
          <EvidenceBeside review={review} />
        </div>
      )}
    </ThingFrame>
  )
}

function Head({ review }: { review: ReviewDetail }) {
  const me = useMe()
  const today = useToday()
  const { tone, word } = REVIEW_STATES[review.status]
  return (
    <header className="mb-8">
      <div className="mb-2 flex min-h-8 items-center gap-2 text-sm text-muted touch:min-h-11">
        <Avatar name={review.reviewee.name} />
        <span className="min-w-0 truncate">
          {review.cycle.name} · <span className="tabular-nums">{periodOf(review, today)}</span>
        </span>
        <div className="ml-auto">
          <ReviewMenu review={review} />
        </div>
      </div>
      <PageHeading title={titleOf(review, me.id)} className="break-words text-2xl" />
      <p role="status" className="mt-2.5 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-muted">
        <Pill tone={tone}>{word}</Pill>
        {isOpen(review) && (
          <DueDay day={review.due_on} today={today} className="inline-block first-letter:uppercase" />
        )}
        {review.submitted_at && (
          <span>
            Submitted <When at={review.submitted_at} />
          </span>
        )}
      </p>
    </header>
  )
}

/** Beside the review where there is room; folded in front of it where there is not. */
function EvidenceBeside({ review }: { review: ReviewDetail }) {
  const me = useMe()
  const mine = review.reviewee.id === me.id
  const title = mine ? 'Your work' : 'Their work'
  return (
    <aside
      aria-label={title}
      className="border-line px-4 pb-6 max-lg:order-first max-lg:border-b max-lg:pt-2 max-lg:pb-2 sm:px-8 lg:border-l lg:px-7"
    >
      <div className="hidden lg:sticky lg:top-14 lg:block lg:max-h-[calc(100dvh-56px)] lg:overflow-y-auto lg:py-10 lg:[scrollbar-width:thin]">
        <h2 className="mb-5 text-base font-semibold">{title}</h2>
        <Evidence review={review} />
      </div>
      <details className="group/work lg:hidden">
        <summary className="flex h-11 list-none items-center justify-between gap-2 text-sm font-medium [&::-webkit-details-marker]:hidden">
          {title}: goals and initiatives
          <ChevronRight
            aria-hidden="true"
            className="size-4 text-subtle transition-transform group-open/work:rotate-90"
          />
        </summary>
        <div className="pt-2 pb-4">
          <Evidence review={review} />
        </div>
      </details>
    </aside>
  )
}
