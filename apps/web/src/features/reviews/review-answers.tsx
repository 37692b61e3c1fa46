/** A review to be read: its answers, or why they cannot be read. */
import type { ReviewDetail } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { BarChart3 } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { History } from '../../ui/history.tsx'
import { NameFor } from '../../ui/names.ts'
import { RatingShown } from './rating.tsx'
import { deedOf, whyUnread, writerOf } from './words.ts'

export function ReviewAnswers({ review }: { review: ReviewDetail }) {
  const me = useMe()
  const answers = new Map(review.answers?.map(answer => [answer.question_id, answer]))
  return (
    <div className="space-y-10">
      <p className="text-sm text-muted">
        Written by <span className="text-ink">{writerOf(review, me.id)}</span>
      </p>
      {review.answers === null ? (
        <p className="rounded-lg bg-sunken px-4 py-3.5 text-sm text-pretty">{whyUnread(review, me.id)}</p>
      ) : (
        review.traits.map(trait => (
          <section key={trait.name} aria-label={trait.name}>
            <h2 className="mb-4 border-b border-line pb-2 text-lg font-semibold tracking-[-0.01em]">
              {trait.name}
            </h2>
            <dl className="space-y-6">
              {trait.questions.map(({ id, text }) => (
                <div key={id}>
                  <dt className="mb-1 text-base font-medium text-pretty">{text}</dt>
                  <dd>
                    <RatingShown value={answers.get(id)?.rating ?? null} />
                    {answers.get(id)?.comment && (
                      <p className="mt-1.5 whitespace-pre-wrap break-words text-base text-pretty">
                        {answers.get(id)?.comment}
                      </p>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))
      )}
      {leadsToResults(review, me) && (
        <Link
          to="/reviews/cycles/$cycleId/results/$userId"
          params={{ cycleId: review.cycle.id, userId: review.reviewee.id }}
          className={buttonClass('secondary')}
        >
          <BarChart3 aria-hidden="true" className="size-4 text-muted" />
          {review.reviewee.id === me.id ? 'Your results' : `Results of ${review.reviewee.name}`}
        </Link>
      )}
      {review.history && (
        <History
          loading={false}
          entries={review.history.map(event => ({
            id: event.id,
            actor: event.actor,
            who: NameFor(event.actor, me.id),
            deed: deedOf(event),
            note: null,
            at: event.created_at,
          }))}
        />
      )}
    </div>
  )
}

/** Peers read no results; those reviewed do once the cycle is done. */
function leadsToResults(
  { reviewee, reviewer, kind, cycle, allowed_actions }: ReviewDetail,
  me: { id: string; permissions: readonly string[] },
): boolean {
  if (reviewee.id === me.id) return cycle.status === 'completed'
  if (me.permissions.includes('reviews.manage') || allowed_actions.includes('reopen')) return true
  return reviewer?.id !== me.id || kind === 'supervisor'
}
