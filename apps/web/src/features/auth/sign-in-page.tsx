/** Signing in. In a demo the accounts to try are listed, and one click fills them in. */
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { session, useSession } from '../../api/browser-session.ts'
import { infoQuery } from '../../api/info.ts'
import { ApiError, sentenceOf } from '../../api/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { Logo } from '../../ui/logo.tsx'
import { Notice } from '../../ui/messages.tsx'
import { PageHeading } from '../../ui/page.tsx'
import { DemoAccounts } from './demo-accounts.tsx'

export function SignInPage() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const state = useSession()
  const info = useQuery(infoQuery).data
  const emailInput = useRef<HTMLInputElement>(null)
  const passwordInput = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!email.trim() || !password) {
      ;(email.trim() ? passwordInput : emailInput).current?.focus()
      return
    }
    setBusy(true)
    setError(null)
    try {
      await session.signIn({ email: email.trim(), password })
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
      if (thrown instanceof ApiError && thrown.status === 401) {
        setPassword('')
        passwordInput.current?.focus()
      }
    }
  }

  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[368px] flex-col justify-center px-6 py-12">
      <Logo className="mb-5 size-9" />
      <PageHeading title="Sign in" className="text-2xl">
        Sign in to PMS
      </PageHeading>
      <p className="mt-1 text-sm text-muted">Goals, approvals and what awaits you, live.</p>

      <form onSubmit={event => void submit(event)} noValidate className="mt-7 space-y-4">
        {error !== null ? (
          <Notice>{signInError(error)}</Notice>
        ) : (
          state.status === 'signed-out' && WHY[state.why] && <Notice tone="info">{WHY[state.why]}</Notice>
        )}
        <Field label="Email">
          {control => (
            <Input
              {...control}
              ref={emailInput}
              type="email"
              autoComplete="username"
              value={email}
              onChange={event => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label="Password">
          {control => (
            <Input
              {...control}
              ref={passwordInput}
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={event => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Button ref={button} type="submit" variant="primary" busy={busy} className="h-9! w-full touch:h-11!">
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>

      {info && info.demo_accounts.length > 0 && (
        <DemoAccounts
          accounts={info.demo_accounts}
          chosen={email}
          onChoose={account => {
            setEmail(account.email)
            setPassword(info.demo_password ?? '')
            setError(null)
            button.current?.focus()
          }}
        />
      )}
    </main>
  )
}

/** What to know first, by how the last session ended. */
const WHY: Partial<Record<string, string>> = {
  ended: 'Your session has ended. Please sign in again.',
  unconfirmed:
    'You are signed out on this page, but PMS could not be told. Sign in and out again once you are connected.',
}

function signInError(error: unknown): string {
  if (error instanceof ApiError) {
    if (error.status === 401) return 'Email or password is not right.'
    if (error.status === 429)
      return error.retryAfter
        ? `Too many attempts. Try again in ${error.retryAfter < 90 ? `${error.retryAfter} seconds` : `${Math.ceil(error.retryAfter / 60)} minutes`}.`
        : 'Too many attempts. Wait a moment and try again.'
    if (error.status === 422) return 'That is not an email address and a password.'
  }
  return sentenceOf(error)
}
