/** Says from when to when somebody is away, and who decides in their place. */
import type { UserProfile } from '@pms/contract'
import { useState } from 'react'
import type { Candidate } from '../../shared/people.ts'
import { PersonPicker } from '../../shared/person-picker.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { firstName } from '../../ui/names.ts'
import { useDelegationDeeds } from './queries.ts'

interface Props {
  person: UserProfile
  isOwn: boolean
  today: string
  onClose: () => void
}

export function AbsenceDialog({ person, isOwn, today, onClose }: Props) {
  const { create } = useDelegationDeeds()
  const [from, setFrom] = useState(today)
  const [to, setTo] = useState('')
  const [delegate, setDelegate] = useState<Candidate | null>(null)
  const [reason, setReason] = useState('')
  return (
    <DialogForm
      title={isOwn ? 'Plan an absence' : `Stand-in for ${person.name}`}
      description={
        isOwn
          ? 'What would wait for your decision goes to whoever stands in while you are on leave.'
          : `Decides in the place of ${firstName(person.name)} while they are on leave.`
      }
      confirm="Save"
      problems={problemsOf({ from, to, delegate, personId: person.id })}
      onConfirm={() =>
        create({
          ...(isOwn ? {} : { user_id: person.id }),
          delegate_id: delegate?.id ?? '',
          from,
          to,
          reason: reason.trim() || null,
        })
      }
      onClose={onClose}
    >
      {errors => (
        <>
          <div className="grid grid-cols-2 gap-3">
            <Field label="First day" error={errors.from}>
              {control => (
                <Input
                  {...control}
                  type="date"
                  value={from}
                  min={today}
                  onChange={event => setFrom(event.target.value)}
                />
              )}
            </Field>
            <Field label="Last day" error={errors.to}>
              {control => (
                <Input
                  {...control}
                  type="date"
                  value={to}
                  min={from || today}
                  onChange={event => setTo(event.target.value)}
                />
              )}
            </Field>
          </div>
          <PersonPicker
            label="Who stands in?"
            from="all"
            value={delegate}
            onChange={setDelegate}
            error={errors.delegate_id}
          />
          <Field label="Reason" optional error={errors.reason}>
            {control => (
              <Input
                {...control}
                value={reason}
                maxLength={500}
                placeholder="Leave, travel, training"
                autoComplete="off"
                onChange={event => setReason(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </DialogForm>
  )
}

interface Fields {
  from: string
  to: string
  delegate: Candidate | null
  personId: string
}

function problemsOf({ from, to, delegate, personId }: Fields): Record<string, string> {
  return {
    ...(from ? {} : { from: 'Choose a day.' }),
    ...(!to ? { to: 'Choose a day.' } : to < from ? { to: 'This is before the first day.' } : {}),
    ...(!delegate
      ? { delegate_id: 'Choose who stands in.' }
      : delegate.id === personId
        ? { delegate_id: 'Choose somebody else.' }
        : {}),
  }
}
