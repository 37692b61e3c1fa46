/** Gives somebody another role; says what each may do. */
import type { Role, UserProfile } from '@pms/contract'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import type { PersonDeed } from './actions.ts'
import { givableRoles } from './roles.ts'
import { ROLE_LABELS, ROLE_MEANINGS } from './words.ts'

interface Props {
  person: UserProfile
  act: (deed: PersonDeed) => Promise<unknown>
  onClose: () => void
}

export function RoleDialog({ person, act, onClose }: Props) {
  const me = useMe()
  const [role, setRole] = useState<Role>(person.role)
  return (
    <DialogForm
      title={`Role of ${person.name}`}
      description="It holds at once, on every device where they are signed in. They are told."
      confirm="Change role"
      problems={role === person.role ? { role: 'This is the role they have.' } : {}}
      onConfirm={() => act({ action: 'role', role })}
      onClose={onClose}
    >
      {errors => (
        <fieldset>
          <legend className="sr-only">Role</legend>
          <div className="-mx-2 space-y-0.5">
            {givableRoles(me.role, person.role).map(one => (
              <label
                key={one}
                className="flex cursor-pointer gap-3 rounded-md px-2 py-2 transition-colors hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent dark:hover:bg-pressed"
              >
                <input
                  type="radio"
                  name="role"
                  value={one}
                  checked={one === role}
                  onChange={() => setRole(one)}
                  className="mt-1 size-3.5 shrink-0 accent-(--accent) outline-none"
                />
                <span className="text-sm">
                  <span className="block font-medium">{ROLE_LABELS[one]}</span>
                  <span className="block text-muted text-pretty">{ROLE_MEANINGS[one]}</span>
                </span>
              </label>
            ))}
          </div>
          {errors.role && <p className="mt-1.5 text-sm text-danger-text">{errors.role}</p>}
        </fieldset>
      )}
    </DialogForm>
  )
}
