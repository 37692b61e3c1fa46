/** Tables of the organisation and its people. Moments are ISO 8601 text in UTC. */
import type { DelegationState, Role, UnitKind, UserStatus } from '@pms/contract'

export interface PeopleTables {
  org_units: OrgUnitTable
  users: UserTable
  delegations: DelegationTable
  erasures: ErasureTable
}

export interface OrgUnitTable {
  id: string
  name: string
  kind: UnitKind
  parent_id: string | null
}

export interface UserTable {
  id: string
  name: string
  /** In lower case: nobody signs up twice by writing it differently. */
  email: string
  job_title: string
  unit_id: string | null
  supervisor_id: string | null
  role: Role
  status: UserStatus
  /** null: no password was set yet, so nobody can sign in with one. */
  password_hash: string | null
  created_at: string
  updated_at: string
  /** When it was made nobody's; null: it was not. */
  erased_at: string | null
}

/** Somebody who was erased, while something still names them; no longer. */
export interface ErasureTable {
  user_id: string
  /** JSON lists: what they were called, and their addresses. */
  names: string
  emails: string
  /** Notifications were looked through up to this one. */
  through: string
}

/** Somebody decides in the place of somebody who is away. */
export interface DelegationTable {
  id: string
  /** Who is away. */
  user_id: string
  delegate_id: string
  /** The first and the last of its days. */
  from_day: string
  to_day: string
  reason: string | null
  /** As far as open requests have followed it: time alone changes who decides. */
  followed: DelegationState
  created_at: string
}
