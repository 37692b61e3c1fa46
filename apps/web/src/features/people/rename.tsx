/** The one thing that people change of their own account. */
import type { UserProfile } from '@pms/contract'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Field, Input } from '../../ui/field.tsx'
import type { PersonDeed } from './actions.ts'

interface Props {
  person: UserProfile
  act: (deed: PersonDeed) => Promise<unknown>
}

export function RenameButton({ person, act }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)} icon={<Pencil aria-hidden="true" className="size-3.5" />}>
        Change name
      </Button>
      {open && <RenameDialog person={person} act={act} onClose={() => setOpen(false)} />}
    </>
  )
}

function RenameDialog({ person, act, onClose }: Props & { onClose: () => void }) {
  const [name, setName] = useState(person.name)
  return (
    <DialogForm
      title="Change your name"
      description="HR keeps the rest of your data: ask them where something is wrong."
      confirm="Save"
      problems={name.trim() ? {} : { name: 'Please write your name.' }}
      onConfirm={() => act({ action: 'rename', name: name.trim() })}
      onClose={onClose}
    >
      {errors => (
        <Field label="Name" error={errors.name}>
          {control => (
            <Input
              {...control}
              value={name}
              maxLength={100}
              autoComplete="name"
              onChange={event => setName(event.target.value)}
            />
          )}
        </Field>
      )}
    </DialogForm>
  )
}
