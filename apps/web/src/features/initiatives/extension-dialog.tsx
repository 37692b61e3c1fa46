/** Asks for a day: until when more time is needed, and why; or until when it is given. */
import { type FormEvent, useRef, useState } from 'react'
import { fieldErrors, sentenceOf } from '../../api/problem.ts'
import { Button } from '../../ui/button.tsx'
import { addDays } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, Input, Textarea } from '../../ui/field.tsx'
import { Notice } from '../../ui/messages.tsx'

interface Props {
  title: string
  description: string
  confirm: string
  /** The day on which it is due as things are. */
  due: string
  today: string
  /** What the day is at first. */
  proposed?: string
  withReason: boolean
  /** Settles when the server has answered; what it throws is shown here. */
  onConfirm: (day: string, reason: string) => Promise<unknown>
  onClose: () => void
}

export function ExtensionDialog(props: Props) {
  const { title, description, confirm, due, today, proposed = '', withReason, onConfirm, onClose } = props
  const [day, setDay] = useState(proposed)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const input = useRef<HTMLInputElement>(null)
  const earliest = due < today ? today : addDays(due, 1)
  const refused = fieldErrors(error)
  const dayProblem = day < earliest ? 'Choose a day after the one on which it is due.' : undefined
  const reasonProblem = withReason && !reason.trim() ? 'Please give a reason.' : undefined

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (dayProblem || reasonProblem) return
    setBusy(true)
    setError(null)
    try {
      await onConfirm(day, reason.trim())
      onClose()
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={title} description={description} initialFocus={input}>
      <form onSubmit={event => void submit(event)} noValidate className="mt-4 space-y-4">
        {error !== null && Object.keys(refused).length === 0 && <Notice>{sentenceOf(error)}</Notice>}
        <Field
          label="New due date"
          error={(tried ? dayProblem : undefined) ?? refused.new_due_date ?? refused.due_date}
        >
          {control => (
            <Input
              {...control}
              ref={input}
              type="date"
              value={day}
              min={earliest}
              required
              onChange={event => setDay(event.target.value)}
            />
          )}
        </Field>
        {withReason && (
          <Field label="Reason" error={(tried ? reasonProblem : undefined) ?? refused.reason}>
            {control => (
              <Textarea
                {...control}
                value={reason}
                maxLength={1000}
                required
                placeholder="What takes longer than expected?"
                onChange={event => setReason(event.target.value)}
              />
            )}
          </Field>
        )}
        <div className="flex justify-end gap-2 pt-1 max-sm:*:flex-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
