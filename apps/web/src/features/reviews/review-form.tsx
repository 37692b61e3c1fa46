/** A review that is being written: question after question, saved as one goes, and handed in when it is whole. */
import type { ReviewDetail } from '@pms/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { ApiError, sentenceOf } from '../../api/problem.ts'
import { resourceChanged } from '../../api/query-client.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/messages.tsx'
import { useReviewDeed } from './actions.ts'
import { QuestionField } from './question-field.tsx'
import { Conflict, SaveState } from './save-state.tsx'
import { missingIn, SubmitDialog } from './submit-dialog.tsx'
import { useWriting } from './use-writing.ts'

export function ReviewForm({ review }: { review: ReviewDetail }) {
  const me = useMe()
  const client = useQueryClient()
  const { writing, answers, status, touched, error } = useWriting(review, me.id)
  const deed = useReviewDeed(review.id)
  const [tried, setTried] = useState(false)
  const [asking, setAsking] = useState(false)
  const form = useRef<HTMLDivElement>(null)
  const questions = review.traits.flatMap(trait => trait.questions)
  const missing = missingIn(review, answers)
  const wanted = new Set(tried ? missing.map(({ id }) => id) : [])
  const rated = questions.filter(({ id }) => (answers[id]?.rating ?? null) !== null).length

  function askToSubmit() {
    setTried(true)
    const [first] = missing
    if (first) goTo(first.id)
    else setAsking(true)
  }

  function goTo(questionId: string) {
    form.current?.querySelector<HTMLElement>(`[data-question="${questionId}"] input`)?.focus()
  }

  async function submit() {
    setAsking(false)
    const revision = await writing.flush()
    if (revision !== null) await deed.mutateAsync({ action: 'submit', revision })
  }

  /** Saved elsewhere between the last save and the submission. */
  function onRefused(refusal: unknown) {
    if (refusal instanceof ApiError) void resourceChanged(client, 'review', review.id)
  }

  return (
    <div ref={form}>
      <p className="mb-8 text-sm text-muted text-pretty">
        1 is far below what was expected, 3 as expected, 5 outstanding. What you write is saved as you type;
        nobody reads it before you submit it.
      </p>
      <div className="space-y-11">
        {review.traits.map(trait => (
          <section key={trait.name} aria-label={trait.name}>
            <h2 className="mb-5 border-b border-line pb-2 text-lg font-semibold tracking-[-0.01em]">
              {trait.name}
            </h2>
            <div className="space-y-8">
              {trait.questions.map(question => (
                <QuestionField
                  key={question.id}
                  question={question}
                  answer={answers[question.id]}
                  onChange={changes => writing.change(question.id, changes)}
                  error={wanted.has(question.id) ? 'This needs a rating.' : undefined}
                />
              ))}
            </div>
          </section>
        ))}
      </div>

      <div className="mt-10 space-y-3">
        {status === 'conflict' && <Conflict onSettle={keep => writing.settle(keep)} />}
        {status === 'refused' && <Notice>{`This could not be saved. ${sentenceOf(error)}`}</Notice>}
        {deed.error !== null && <Notice>{sentenceOf(deed.error)}</Notice>}
        {wanted.size > 0 && (
          <Notice>
            {wanted.size === 1 ? 'One question needs a rating:' : `${wanted.size} questions need a rating:`}
            <ul className="mt-1 list-disc pl-5">
              {missing.map(({ id, text }) => (
                <li key={id}>
                  <button
                    type="button"
                    className="text-left underline underline-offset-2 touch:min-h-11"
                    onClick={() => goTo(id)}
                  >
                    {text}
                  </button>
                </li>
              ))}
            </ul>
          </Notice>
        )}
      </div>

      <div className="sticky bottom-0 z-10 -mx-4 mt-6 flex items-center gap-x-4 gap-y-2 border-t border-line bg-surface px-4 py-3 max-sm:bottom-[calc(56px+env(safe-area-inset-bottom))] sm:mx-0 sm:px-0">
        <SaveState status={status} touched={touched} isDraft={review.status !== 'pending'} />
        <span className="ml-auto text-sm text-muted tabular-nums">
          {rated} of {questions.length}
          <span className="max-sm:hidden"> rated</span>
        </span>
        <Button variant="primary" busy={deed.isPending} onClick={askToSubmit}>
          Submit review
        </Button>
      </div>
      {asking && (
        <SubmitDialog
          review={review}
          onClose={() => setAsking(false)}
          onSubmit={() => void submit().catch(onRefused)}
        />
      )}
    </div>
  )
}
