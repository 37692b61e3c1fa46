/** Asks for the words that bad news is given with; the one concerned will read them. */
import { type FormEvent, useId, useRef, useState } from 'react'
import { fieldErrors, sentenceOf } from '../api/problem.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Field, Textarea } from './field.tsx'
import { Notice } from './messages.tsx'

interface Props {
  title: string
  description: string
  confirm: string
  placeholder: string
  /** Settles when the server has answered; what it throws is shown here. */
  onConfirm: (reason: string) => Promise<unknown>
  onClose: () => void
  /** What is asked for, where it is not a reason, and what the server calls it. */
  asked?: { label: string; field: string; missing: string }
  variant?: 'danger' | 'primary'
}

const REASON = { label: 'Reason', field: 'reason', missing: 'Please give a reason.' }

export function ReasonDialog({
  title,
  description,
  confirm,
  placeholder,
  onConfirm,
  onClose,
  asked = REASON,
  variant = 'danger',
}: Props) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const input = useRef<HTMLTextAreaElement>(null)
  const form = useId()
  const refused = fieldErrors(error)[asked.field]

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
        {error !== null && !refused && <Notice>{sentenceOf(error)}</Notice>}
        <Field label={asked.label} error={missing && !reason.trim() ? asked.missing : refused}>
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
          <Button type="submit" variant={variant} busy={busy}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
