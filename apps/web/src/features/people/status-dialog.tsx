/** Asks before somebody is kept out, goes on leave, or comes back: what follows from it is said first. */
import type { UserProfile, UserStatus } from '@pms/contract'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { firstName } from '../../ui/names.ts'
import type { PersonDeed } from './actions.ts'

export type NewStatus = Exclude<UserStatus, 'archived'>

interface Props {
  person: UserProfile
  status: NewStatus
  act: (deed: PersonDeed) => Promise<unknown>
  onClose: () => void
}

export function StatusDialog({ person, status, act, onClose }: Props) {
  const { title, description, confirm, variant = 'primary' } = wordsOf(person, status)
  return (
    <DialogForm
      title={title}
      description={description}
      confirm={confirm}
      variant={variant}
      onConfirm={() => act({ action: 'status', status })}
      onClose={onClose}
    />
  )
}

interface Words {
  title: string
  description: string
  confirm: string
  variant?: 'danger'
}

function wordsOf(person: UserProfile, status: NewStatus): Words {
  const name = firstName(person.name)
  switch (status) {
    case 'on_leave':
      return {
        title: `Is ${person.name} on leave?`,
        description: `Requests that wait on ${name} go to whoever stands in, else one step up. ${name} can still sign in.`,
        confirm: 'Set on leave',
      }
    case 'suspended':
      return {
        title: `Suspend ${person.name}?`,
        description: `${name} is signed out everywhere at once and cannot sign in until let back in. Requests go one step up.`,
        confirm: 'Suspend',
        variant: 'danger',
      }
    case 'active':
      return person.status === 'archived'
        ? {
            title: `Bring ${person.name} back?`,
            description: `${name} can sign in again. What was handed over stays where it is.`,
            confirm: 'Bring back',
          }
        : {
            title: `Is ${person.name} back?`,
            description: `Requests of ${name}’s reports come to ${name} again.`,
            confirm: 'Set active',
          }
  }
}
