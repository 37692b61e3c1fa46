/** Asking for what reopening and reassigning a review take. */
import type { Review } from '@pms/contract'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { fieldErrors, sentenceOf } from '../../api/problem.ts'
import type { Candidate } from '../../shared/people.ts'
import { PersonPicker } from '../../shared/person-picker.tsx'
import { Button } from '../../ui/button.tsx'
import { addDays, shortDay } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { Notice } from '../../ui/messages.tsx'
import { type ReviewDeed, useReviewDeed } from './actions.ts'
import { inSentence, writerOf } from './words.ts'

interface Props {
  review: Review
  onClose: () => void
}

/** How long somebody has at least who is asked after the deadline. */
const DAYS_ANEW = 7

export function ReopenDialog({ review, onClose }: Props) {
  const me = useMe()
  return (
    <ReviewDialog
      review={review}
      onClose={onClose}
      title="Reopen this review?"
      description={`${writerOf(review, me.id)} can change the ${inSentence(review, me.id)} and submit it again. Until then nobody else reads it.`}
      confirm="Reopen review"
      deedOf={due_on => ({ action: 'reopen', due_on })}
    />
  )
}

export function ReassignDialog({ review, onClose }: Props) {
  const me = useMe()
  const [person, setPerson] = useState<Candidate | null>(null)
  return (
    <ReviewDialog
      review={review}
      onClose={onClose}
      title="Reassign this review"
      description={`Somebody else writes the ${inSentence(review, me.id)}. What was drafted so far is gone.`}
      confirm="Reassign"
      missing={person ? undefined : 'Choose who is to write it.'}
      deedOf={due_on => person && { action: 'reassign', reviewer_id: person.id, due_on }}
    >
      {error => (
        <PersonPicker
          label="Who is to write it?"
          from="all"
          value={person}
          onChange={setPerson}
          error={error}
        />
      )}
    </ReviewDialog>
  )
}

interface DialogProps extends Props {
  title: string
  description: string
  confirm: string
  missing?: string | undefined
  deedOf: (dueOn: string) => ReviewDeed | null
  children?: (error: string | undefined) => ReactNode
}

function ReviewDialog({
  review,
  onClose,
  title,
  description,
  confirm,
  missing,
  deedOf,
  children,
}: DialogProps) {
  const today = useToday()
  const deed = useReviewDeed(review.id)
  const late = review.due_on < today
  const [dueOn, setDueOn] = useState(late ? addDays(today, DAYS_ANEW) : review.due_on)
  const [tried, setTried] = useState(false)
  const refused = fieldErrors(deed.error)

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    const what = deedOf(dueOn)
    if (what) deed.mutateAsync(what).then(onClose, () => {})
  }

  return (
    <Dialog open onClose={onClose} title={title} description={description}>
      <form onSubmit={submit} noValidate className="mt-4 space-y-4">
        {deed.error !== null && Object.keys(refused).length === 0 && (
          <Notice>{sentenceOf(deed.error)}</Notice>
        )}
        {children?.((tried ? missing : undefined) ?? refused.reviewer_id)}
        <Field
          label="Due"
          hint={late ? `It was due on ${shortDay(review.due_on, today)}.` : undefined}
          error={refused.due_on}
        >
          {control => (
            <Input
              {...control}
              type="date"
              value={dueOn}
              min={today}
              required
              onChange={event => setDueOn(event.target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2 pt-1 max-sm:*:flex-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={deed.isPending}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
