/** One question of a review: the rating, and words to it. */
import type { ReviewQuestion } from '@pms/contract'
import { useId } from 'react'
import { Textarea } from '../../ui/field.tsx'
import { RatingField } from './rating.tsx'
import type { Answer } from './writing.ts'

interface Props {
  question: ReviewQuestion
  answer: Answer | undefined
  onChange: (changes: Partial<Answer>) => void
  error: string | undefined
}

export function QuestionField({ question, answer, onChange, error }: Props) {
  const id = useId()
  return (
    <div data-question={question.id}>
      <p id={id} className="mb-2.5 text-base font-medium text-pretty">
        {question.text}
        {!question.required && <span className="ml-1.5 text-sm font-normal text-subtle">optional</span>}
      </p>
      <RatingField
        labelledBy={id}
        describedBy={error ? `${id}-error` : undefined}
        value={answer?.rating ?? null}
        onChange={rating => onChange({ rating })}
        invalid={error !== undefined}
      />
      {error && (
        <p id={`${id}-error`} className="mt-2 text-sm text-danger-text">
          {error}
        </p>
      )}
      <Textarea
        aria-label={`Comment: ${question.text}`}
        className="mt-2.5 min-h-16!"
        value={answer?.comment ?? ''}
        maxLength={5000}
        placeholder="What have you seen? An example helps most."
        onChange={event => onChange({ comment: event.target.value })}
      />
    </div>
  )
}
