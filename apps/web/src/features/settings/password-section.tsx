/** My password, and changing it. */
import type { ChangePasswordBody } from '@pms/contract'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { put } from '../../api/client.ts'
import { NewPasswordField, passwordProblem } from '../../shared/new-password.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { Section } from './section.tsx'

export function PasswordSection() {
  const [asking, setAsking] = useState(false)
  const [isChanged, setChanged] = useState(false)
  return (
    <Section
      title="Password"
      lead="If you forgot it, HR can give you a link to set another one."
      action={
        <Button onClick={() => setAsking(true)} className="shrink-0">
          Change password
        </Button>
      }
    >
      <p role="status" className="text-sm text-done-text">
        {isChanged && 'Your password is changed. You are signed out everywhere but here.'}
      </p>
      {asking && <PasswordDialog onChanged={() => setChanged(true)} onClose={() => setAsking(false)} />}
    </Section>
  )
}

function PasswordDialog({ onChanged, onClose }: { onChanged: () => void; onClose: () => void }) {
  const me = useMe()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const short = passwordProblem(password)

  async function change() {
    await put('/api/auth/password', { current_password: current, password } satisfies ChangePasswordBody)
    onChanged()
  }

  return (
    <DialogForm
      title="Change your password?"
      description="You stay signed in here, and are signed out everywhere else."
      confirm="Change password"
      problems={{
        ...(current === '' && { current_password: 'Say which one it is now.' }),
        ...(short && { password: short }),
      }}
      onConfirm={change}
      onClose={onClose}
    >
      {errors => (
        <>
          {/* So that password managers know whose it is. */}
          <input type="email" autoComplete="username" value={me.email} readOnly hidden />
          <Field label="Current password" error={errors.current_password}>
            {control => (
              <Input
                {...control}
                type="password"
                autoComplete="current-password"
                value={current}
                onChange={event => setCurrent(event.target.value)}
              />
            )}
          </Field>
          <NewPasswordField
            label="New password"
            value={password}
            onChange={setPassword}
            error={errors.password}
          />
        </>
      )}
    </DialogForm>
  )
}
