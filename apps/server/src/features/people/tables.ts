/** Tables of the organisation and its people. Moments are ISO 8601 text in UTC. */
import type { Role, UnitKind, UserStatus } from '@pms/contract'

export interface PeopleTables {
  org_units: OrgUnitTable
  users: UserTable
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
}
