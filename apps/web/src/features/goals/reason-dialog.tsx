/** Asks for the reason that rejecting, declining and discarding need; the one concerned will read it. */
import type { Goal } from '@pms/contract'
import { type FormEvent, useId, useRef, useState } from 'react'
import { fieldErrors, sentenceOf } from '../../api/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, Textarea } from '../../ui/field.tsx'
import { Notice } from '../../ui/messages.tsx'

interface Props {
  title: string
  description: string
  confirm: string
  placeholder: string
  /** Settles when the server has answered; what it throws is shown here. */
  onConfirm: (reason: string) => Promise<unknown>
  onClose: () => void
}

export function ReasonDialog({ title, description, confirm, placeholder, onConfirm, onClose }: Props) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const input = useRef<HTMLTextAreaElement>(null)
  const form = useId()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!reason.trim()) {
      setMissing(true)
      input.current?.focus()
      return
    }
    setBusy(true)
    setError(null)
    try {
      await onConfirm(reason.trim())
      onClose()
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={title} description={description} initialFocus={input}>
      <form id={form} onSubmit={event => void submit(event)} noValidate className="mt-4 space-y-3">
        {error !== null && !fieldErrors(error).reason && <Notice>{sentenceOf(error)}</Notice>}
        <Field
          label="Reason"
          error={missing && !reason.trim() ? 'Please give a reason.' : fieldErrors(error).reason}
        >
          {control => (
            <Textarea
              {...control}
              ref={input}
              value={reason}
              maxLength={1000}
              required
              placeholder={placeholder}
              onChange={event => setReason(event.target.value)}
              onKeyDown={event => {
                if (event.key === 'Enter' && (event.metaKey || event.ctrlKey))
                  event.currentTarget.form?.requestSubmit()
              }}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2 pt-1 max-sm:*:flex-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="danger" busy={busy}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Asks why a goal that was assigned is not taken on. */
export function DeclineDialog({ goal, ...rest }: Pick<Props, 'onConfirm' | 'onClose'> & { goal: Goal }) {
  return (
    <ReasonDialog
      {...rest}
      title="Decline this goal?"
      description={`${goal.assigned_by?.name ?? 'Whoever assigned it'} will read the reason.`}
      confirm="Decline goal"
      placeholder="Why can you not take this on?"
    />
  )
}
