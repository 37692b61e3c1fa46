/** Sets the first password. */
import type { MIN_PASSWORD_LENGTH, OnboardingBody, TokenResponse } from '@pms/contract'
import { type FormEvent, useRef, useState } from 'react'
import { post } from '../../api/client.ts'
import { fieldErrors, sentenceOf } from '../../api/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { Notice } from '../../ui/messages.tsx'

/** The contract's number, repeated as a value because only types may be imported from a module full of schemas. */
const LENGTH: typeof MIN_PASSWORD_LENGTH = 10

export function PasswordForm({ token, email }: { token: string; email: string }) {
  const [password, setPassword] = useState('')
  const [shown, setShown] = useState(false)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const input = useRef<HTMLInputElement>(null)
  const isShort = password.length < LENGTH
  const refused = fieldErrors(error).password

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (isShort) {
      input.current?.focus()
      return
    }
    setBusy(true)
    setError(null)
    try {
      await post<TokenResponse>('/api/auth/onboarding', { token, password } satisfies OnboardingBody)
      // The cookies are there; the app begins afresh as this person, whoever was signed in before.
      location.replace('/')
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
      input.current?.focus()
    }
  }

  return (
    <form onSubmit={event => void submit(event)} noValidate className="mt-7 space-y-4">
      {error !== null && !refused && <Notice>{sentenceOf(error)}</Notice>}
      <Field label="Email">
        {control => (
          <Input
            {...control}
            type="email"
            value={email}
            readOnly
            autoComplete="username"
            className="text-muted"
          />
        )}
      </Field>
      <Field
        label="Password"
        hint={`At least ${LENGTH} characters. A few words that belong to nobody else are easy to remember.`}
        error={refused ?? (tried && isShort ? `Please choose at least ${LENGTH} characters.` : undefined)}
      >
        {control => (
          <div className="relative">
            <Input
              {...control}
              ref={input}
              type={shown ? 'text' : 'password'}
              autoComplete="new-password"
              value={password}
              onChange={event => setPassword(event.target.value)}
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
      <Button type="submit" variant="primary" busy={busy} className="h-9! w-full touch:h-11!">
        {busy ? 'Letting you in…' : 'Set password and sign in'}
      </Button>
    </form>
  )
}
