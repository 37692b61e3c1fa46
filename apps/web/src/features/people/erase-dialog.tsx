/** Erases somebody who left, for good: whoever means it types their address. */
import type { UserProfile } from '@pms/contract'
import { useState } from 'react'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Field, Input } from '../../ui/field.tsx'
import type { PersonDeed } from './actions.ts'

interface Props {
  person: UserProfile
  act: (deed: PersonDeed) => Promise<unknown>
  onClose: () => void
}

export function EraseDialog({ person, act, onClose }: Props) {
  const [email, setEmail] = useState('')
  const isSame = email.trim().toLowerCase() === person.email
  return (
    <DialogForm
      title={`Erase ${person.name}?`}
      description="Name, address, sign-in, notifications and settings are removed for good, and what others were told names a former colleague instead. Goals, initiatives, reviews and the audit log stay, without the name. This cannot be undone."
      confirm="Erase for good"
      variant="danger"
      problems={isSame ? {} : { email: `Please type ${person.email}.` }}
      onConfirm={() => act({ action: 'erase', email: email.trim() })}
      onClose={onClose}
    >
      {errors => (
        <Field label="Their address" hint={`To confirm, type ${person.email}`} error={errors.email}>
          {control => (
            <Input
              {...control}
              value={email}
              maxLength={254}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={event => setEmail(event.target.value)}
            />
          )}
        </Field>
      )}
    </DialogForm>
  )
}
