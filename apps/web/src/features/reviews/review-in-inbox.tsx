/** A review inside the notification that is about it: to be written, handed in, or read. */
import type { ReviewDetail } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { onPage } from '../../api/deed.ts'
import { useToday } from '../../api/info.ts'
import { sentenceOf } from '../../api/problem.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { type Answer, DecisionBar } from '../../ui/decision-bar.tsx'
import { Notice } from '../../ui/messages.tsx'
import { useFocusAfter } from '../../ui/page.tsx'
import { InboxHead, ThingInInbox } from '../../ui/thing-in-inbox.tsx'
import { DueDay, When } from '../../ui/time.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { can, type ReviewDeed, useReviewDeed } from './actions.ts'
import { reviewDetailQuery } from './queries.ts'
import { ReviewMenu } from './review-menu.tsx'
import { missingIn, SubmitDialog } from './submit-dialog.tsx'
import { isOpen, periodOf, REVIEW_STATES, titleOf, whyUnread, writerOf } from './words.ts'

export function ReviewInInbox({ id }: { id: string }) {
  const me = useMe()
  const today = useToday()
  const query = useQuery(reviewDetailQuery(id))
  const { thing: found, error, retry, busy, failure, attempt } = onPage(query, useReviewDeed(id))
  useFocusAfter(found !== undefined && can(found, 'save'))
  return (
    <ThingInInbox name="review" thing={found} error={error} retry={retry}>
      {review => (
        <>
          <InboxHead
            {...REVIEW_STATES[review.status]}
            title={
              <Link to="/reviews/$reviewId" params={{ reviewId: id }}>
                {titleOf(review, me.id)}
              </Link>
            }
            menu={<ReviewMenu review={review} />}
          >
            <Avatar name={review.reviewee.name} size="sm" />
            <span>
              {review.cycle.name} · <span className="tabular-nums">{periodOf(review, today)}</span>
            </span>
            {isOpen(review) && (
              <>
                <span aria-hidden="true">·</span>
                <DueDay day={review.due_on} today={today} />
              </>
            )}
          </InboxHead>
          {failure !== null && <Notice>{sentenceOf(failure)}</Notice>}
          {can(review, 'save') ? (
            <ToWrite review={review} busy={busy} attempt={attempt} />
          ) : (
            <Outcome review={review} />
          )}
        </>
      )}
    </ThingInInbox>
  )
}

interface Props {
  review: ReviewDetail
  busy: boolean
  attempt: (deed: ReviewDeed) => void
}

const questionOf = ({ status }: ReviewDetail) =>
  status === 'overdue'
    ? 'The day it was due has passed'
    : status === 'pending'
      ? 'This review is yours to write'
      : 'You have begun this review'

/** Writing takes the page of the review; what is whole can be handed in from here. */
function ToWrite({ review, busy, attempt }: Props) {
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const { revision } = review
  const answers = Object.fromEntries((review.answers ?? []).map(answer => [answer.question_id, answer]))
  const questions = review.traits.flatMap(trait => trait.questions)
  const rated = questions.filter(({ id }) => (answers[id]?.rating ?? null) !== null).length
  const isWhole = rated > 0 && missingIn(review, answers).length === 0 && can(review, 'submit')
  const write: Answer = {
    label: rated === 0 ? 'Start writing' : 'Go on writing',
    shortcut: 'w',
    act: () => void navigate({ to: '/reviews/$reviewId', params: { reviewId: review.id } }),
    primary: !isWhole,
  }
  const submit: Answer = { label: 'Submit', shortcut: 's', act: () => setAsking(true), primary: true }
  return (
    <>
      <DecisionBar question={questionOf(review)} busy={busy} answers={isWhole ? [write, submit] : [write]}>
        {rated} of {questions.length} rated. Nobody reads it before you submit it.
      </DecisionBar>
      {asking && revision !== null && (
        <SubmitDialog
          review={review}
          onClose={() => setAsking(false)}
          onSubmit={() => {
            setAsking(false)
            attempt({ action: 'submit', revision })
          }}
        />
      )}
    </>
  )
}

/** What came of it, as far as whoever looks may know. */
function Outcome({ review }: { review: ReviewDetail }) {
  const me = useMe()
  const { answers, submitted_at, status } = review
  if (status !== 'completed')
    return <p className="rounded-lg bg-sunken px-4 py-3.5 text-sm text-pretty">{whyUnread(review, me.id)}</p>
  return (
    <Verdict
      tone="done"
      title={
        <>
          {writerOf(review, me.id)} submitted this review {submitted_at && <When at={submitted_at} />}
        </>
      }
      action={
        answers && (
          <Link to="/reviews/$reviewId" params={{ reviewId: review.id }} className={buttonClass('secondary')}>
            Read the review
          </Link>
        )
      }
    />
  )
}
