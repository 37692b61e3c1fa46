/** A short form in a dialog: stays open until the server has agreed, and shows what it refused. */
import { type FormEvent, type ReactNode, useState } from 'react'
import { fieldErrors, sentenceOf } from '../api/problem.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Notice } from './messages.tsx'

interface Props {
  title: string
  description?: ReactNode
  confirm: string
  variant?: 'primary' | 'danger'
  /** What is missing or cannot be, by field; the server checks everything again. */
  problems?: Record<string, string>
  /** For more fields than a few. */
  wide?: boolean
  /** Settles when the server has answered; what it throws is shown here. */
  onConfirm: () => Promise<unknown>
  onClose: () => void
  /** The fields, given what to say under each. */
  children?: (errors: Record<string, string>) => ReactNode
}

const NONE = {}

export function DialogForm(props: Props) {
  const { title, description, confirm, variant = 'primary', problems = NONE, wide = false } = props
  const { onConfirm, onClose, children } = props
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const refused = fieldErrors(error)
  const errors = { ...refused, ...(tried ? problems : {}) }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (Object.keys(problems).length > 0) return
    setBusy(true)
    setError(null)
    try {
      await onConfirm()
      onClose()
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={title} description={description} shape={wide ? 'wide' : 'question'}>
      <form onSubmit={event => void submit(event)} noValidate className="mt-4 space-y-4">
        {error !== null && Object.keys(refused).length === 0 && <Notice>{sentenceOf(error)}</Notice>}
        {children?.(errors)}
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
