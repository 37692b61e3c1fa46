/** Choosing a password: what it must be, and seeing what was typed. */
import type { MIN_PASSWORD_LENGTH } from '@pms/contract'
import { type Ref, useState } from 'react'
import { Field, Input } from '../ui/field.tsx'

/** The contract's number, repeated as a value because only types may be imported from a module full of schemas. */
const LENGTH: typeof MIN_PASSWORD_LENGTH = 10

/** What to say of a password before the server is asked; undefined: nothing. */
export const passwordProblem = (password: string): string | undefined =>
  password.length < LENGTH ? `Please choose at least ${LENGTH} characters.` : undefined

interface Props {
  label: string
  value: string
  onChange: (password: string) => void
  error: string | undefined
  ref?: Ref<HTMLInputElement>
}

export function NewPasswordField({ label, value, onChange, error, ref }: Props) {
  const [shown, setShown] = useState(false)
  return (
    <Field
      label={label}
      hint={`At least ${LENGTH} characters. A few words that belong to nobody else are easy to remember.`}
      error={error}
    >
      {control => (
        <div className="relative">
          <Input
            {...control}
            ref={ref}
            type={shown ? 'text' : 'password'}
            autoComplete="new-password"
            value={value}
            onChange={event => onChange(event.target.value)}
            className="pr-16"
          />
          <button
            type="button"
            aria-pressed={shown}
            aria-label="Show password"
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 rounded-md px-3 text-sm text-muted hover:text-ink"
          >
            {shown ? 'Hide' : 'Show'}
          </button>
        </div>
      )}
    </Field>
  )
}
