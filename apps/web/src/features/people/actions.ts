/** Doing things to people's accounts. */
import type {
  CreateUserBody,
  EditUserBody,
  NewUser,
  OnboardingLink,
  Role,
  UserAction,
  UserEntry,
  UserProfile,
  UserStatus,
} from '@pms/contract'
import { patch, post, put } from '../../api/client.ts'
import { useDeeds, useMake } from '../../api/deed.ts'
import { personPath } from './queries.ts'

export type PersonDeed =
  | { action: 'edit'; changes: EditUserBody }
  | { action: 'rename'; name: string }
  | { action: 'status'; status: Exclude<UserStatus, 'archived'> }
  | { action: 'role'; role: Role }
  | { action: 'archive'; handover_to?: string }
  | { action: 'erase'; email: string }

function send(id: string, deed: PersonDeed): Promise<UserProfile> {
  if (deed.action === 'edit') return patch(personPath(id), deed.changes)
  if (deed.action === 'rename') return patch(personPath('me'), { name: deed.name })
  const { action, ...body } = deed
  return put(`${personPath(id)}/${action}`, body)
}

export const usePersonDeed = (id: string) =>
  useDeeds({ resource: 'user', id, send: (deed: PersonDeed) => send(id, deed) })

export const useAddPerson = () => useMake('user', (body: CreateUserBody) => post<NewUser>('/api/users', body))

export const renewOnboarding = (id: string) => post<OnboardingLink>(`${personPath(id)}/onboarding-link`, {})

export const can = ({ allowed_actions }: Pick<UserEntry, 'allowed_actions'>, action: UserAction) =>
  allowed_actions.includes(action)
