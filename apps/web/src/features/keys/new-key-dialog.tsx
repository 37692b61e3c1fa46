/** Makes a key: for which system, and until when. */
import type { NewApiKey } from '@pms/contract'
import { useState } from 'react'
import { useToday } from '../../api/info.ts'
import { addDays } from '../../ui/dates.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { useCreateKey } from './actions.ts'

interface Props {
  onMade: (made: NewApiKey) => void
  onClose: () => void
}

export function NewKeyDialog({ onMade, onClose }: Props) {
  const create = useCreateKey()
  const today = useToday()
  const [name, setName] = useState('')
  const [until, setUntil] = useState('')

  async function make() {
    const made = await create.mutateAsync({
      name: name.trim(),
      scopes: ['notifications.create'],
      // To the end of that day, here.
      expires_at: until ? new Date(`${until}T23:59:59`).toISOString() : null,
    })
    onMade(made)
  }

  return (
    <DialogForm
      title="New API key"
      description="Whoever holds it can raise notifications of the registered types, and nothing else."
      confirm="Make key"
      problems={name.trim() ? {} : { name: 'Say which system uses it.' }}
      onConfirm={make}
      onClose={onClose}
    >
      {errors => (
        <>
          <Field
            label="System"
            hint="Its notifications are shown as triggered by this name."
            error={errors.name}
          >
            {control => (
              <Input
                {...control}
                value={name}
                maxLength={100}
                required
                placeholder="Payroll"
                onChange={event => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="Good until" optional error={errors.expires_at}>
            {control => (
              <Input
                {...control}
                type="date"
                value={until}
                min={addDays(today, 1)}
                onChange={event => setUntil(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </DialogForm>
  )
}
