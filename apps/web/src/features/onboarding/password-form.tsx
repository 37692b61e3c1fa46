/** Sets a password by a link. */
import type { OnboardingBody, TokenResponse } from '@pms/contract'
import { type FormEvent, useRef, useState } from 'react'
import { post } from '../../api/client.ts'
import { fieldErrors, sentenceOf } from '../../api/problem.ts'
import { NewPasswordField, passwordProblem } from '../../shared/new-password.tsx'
import { Button } from '../../ui/button.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { Notice } from '../../ui/messages.tsx'

export function PasswordForm({ token, email }: { token: string; email: string }) {
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const input = useRef<HTMLInputElement>(null)
  const short = passwordProblem(password)
  const refused = fieldErrors(error).password

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (short) {
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
      <NewPasswordField
        ref={input}
        label="Password"
        value={password}
        onChange={setPassword}
        error={refused ?? (tried ? short : undefined)}
      />
      <Button type="submit" variant="primary" busy={busy} className="h-9! w-full touch:h-11!">
        {busy ? 'Letting you in…' : 'Set password and sign in'}
      </Button>
    </form>
  )
}
