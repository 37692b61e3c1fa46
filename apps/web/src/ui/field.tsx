/** A labelled control with a hint and an error, tied together for screen readers. */
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

export const controlClass =
  'w-full rounded-md border border-line-strong bg-surface px-3 text-base text-ink shadow-control transition-colors hover:border-subtle focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger aria-invalid:outline-danger touch:text-lg'

export interface FieldControl {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
  className?: string
  children: (control: FieldControl) => ReactNode
}

export function Field({ label, hint, error, optional = false, className, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 flex items-baseline gap-1.5 text-sm font-medium">
        {label}
        {optional && <span className="font-normal text-subtle">optional</span>}
      </label>
      {children({
        id,
        'aria-describedby': note ? noteId : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {note && (
        <p
          id={noteId}
          className={cx('mt-1.5 text-sm text-pretty', error ? 'text-danger-text' : 'text-muted')}
        >
          {note}
        </p>
      )}
    </div>
  )
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  // An empty date shows its pattern, which is as faint as a placeholder.
  const faint = rest.type === 'date' && rest.value === '' && 'not-focus:text-subtle'
  return <input {...rest} className={cx(controlClass, 'h-9 touch:h-11', faint, className)} />
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...rest}
      className={cx(controlClass, 'field-sizing-content min-h-24 resize-none py-2', className)}
    />
  )
}
