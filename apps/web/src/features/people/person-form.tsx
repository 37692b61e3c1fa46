/** The fields of a person, for adding and editing alike. */
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { PersonPicker } from '../../shared/person-picker.tsx'
import { UnitSelect } from '../../shared/unit-select.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Select } from '../../ui/select.tsx'
import { type PersonDraft, problemsOf } from './draft.ts'
import { givableRoles } from './roles.ts'
import { ROLE_LABELS, ROLE_MEANINGS } from './words.ts'

interface Props {
  draft: PersonDraft
  onChange: (changes: Partial<PersonDraft>) => void
  onSubmit: () => void
  /** What the server said of the last try. */
  error: unknown
  /** Roles are given with an account; afterwards they are changed on their own. */
  withRole?: boolean
  /** The buttons. */
  children: ReactNode
}

export function PersonForm({ draft, onChange, onSubmit, error, withRole = false, children }: Props) {
  const me = useMe()
  return (
    <Form problems={problemsOf(draft)} error={error} onSubmit={onSubmit} buttons={children}>
      {errors => (
        <>
          <Field label="Name" error={errors.name}>
            {control => (
              <Input
                {...control}
                value={draft.name}
                maxLength={100}
                autoComplete="off"
                required
                onChange={event => onChange({ name: event.target.value })}
              />
            )}
          </Field>
          <Field label="Email" hint="They sign in with it." error={errors.email}>
            {control => (
              <Input
                {...control}
                type="email"
                value={draft.email}
                maxLength={254}
                autoComplete="off"
                required
                onChange={event => onChange({ email: event.target.value })}
              />
            )}
          </Field>
          <Field label="Job title" optional error={errors.job_title}>
            {control => (
              <Input
                {...control}
                value={draft.job_title}
                maxLength={100}
                autoComplete="off"
                onChange={event => onChange({ job_title: event.target.value })}
              />
            )}
          </Field>
          <Field label="Unit" error={errors.unit_id}>
            {control => (
              <UnitSelect
                {...control}
                none="No unit"
                value={draft.unit_id}
                onChange={event => onChange({ unit_id: event.target.value })}
              />
            )}
          </Field>
          <PersonPicker
            label="Supervisor"
            hint="Decides about their goals and initiatives. Without one, HR does."
            from="all"
            value={draft.supervisor}
            onChange={supervisor => onChange({ supervisor })}
            error={errors.supervisor_id}
          />
          {withRole && (
            <Field label="Role" hint={ROLE_MEANINGS[draft.role]} error={errors.role}>
              {control => (
                <Select
                  {...control}
                  value={draft.role}
                  onChange={event => {
                    const role = givableRoles(me.role, draft.role).find(one => one === event.target.value)
                    if (role) onChange({ role })
                  }}
                >
                  {givableRoles(me.role, draft.role).map(role => (
                    <option key={role} value={role}>
                      {ROLE_LABELS[role]}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
        </>
      )}
    </Form>
  )
}
