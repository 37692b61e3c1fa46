/** What roles, states and units are called. Pure: data in, words out. */
import type { Role, UnitKind, UserEntry, UserStatus } from '@pms/contract'
import { shortDay } from '../../ui/dates.ts'
import { firstName } from '../../ui/names.ts'
import type { Tone } from '../../ui/pill.tsx'

export const ROLE_LABELS: Record<Role, string> = {
  staff: 'Staff',
  hr: 'HR',
  admin: 'Admin',
  super_admin: 'Super admin',
}
export const ROLES = Object.keys(ROLE_LABELS) as Role[]

/** What each role may do beyond its own work, for whoever gives it. */
export const ROLE_MEANINGS: Record<Role, string> = {
  staff: 'Their own work and, with reports, that of their team.',
  hr: 'Keeps accounts, runs review cycles, sets the organisation’s goals, publishes announcements, and decides where nobody else can.',
  admin: 'Keeps accounts and API keys, publishes announcements, watches the system.',
  super_admin: 'Everything, and the only one to name admins.',
}

export const STATUS_LABELS: Record<UserStatus, string> = {
  active: 'Active',
  on_leave: 'On leave',
  suspended: 'Suspended',
  archived: 'Archived',
}
export const STATUSES = Object.keys(STATUS_LABELS) as UserStatus[]

export const STATUS_TONES: Record<UserStatus, Tone> = {
  active: 'active',
  on_leave: 'awaiting',
  suspended: 'overdue',
  archived: 'neutral',
}

export const UNIT_LABELS: Record<UnitKind, string> = {
  global: 'Organisation',
  directorate: 'Directorate',
  department: 'Department',
  unit: 'Unit',
}
export const UNIT_KINDS = Object.keys(UNIT_LABELS) as UnitKind[]

/** What belongs to a unit of this kind; nothing belongs to the last. */
export const kindBelow = (kind: UnitKind): UnitKind | undefined => UNIT_KINDS[UNIT_KINDS.indexOf(kind) + 1]

type Absent = Pick<UserEntry, 'status' | 'absence'>

/** Whether somebody is not there today. */
export const isAway = ({ status, absence }: Absent) =>
  status === 'on_leave' || (status === 'active' && absence !== null)

/**
 * "until 4 Dec, Jane stands in": nothing of somebody who is there. Whoever is named to stand in decides only while the
 * other is on leave.
 */
export function absenceWords({ status, absence }: Absent, today: string): string | null {
  const until = absence ? `until ${shortDay(absence.to, today)}` : null
  if (status === 'on_leave')
    return until && absence ? `${until}, ${firstName(absence.delegate.name)} stands in` : 'nobody stands in'
  return status === 'active' && until ? `away ${until}` : null
}

/** The same with the state before it: "On leave until 4 Dec, Jane stands in". */
export function awayWords(person: Absent, today: string): string | null {
  const words = absenceWords(person, today)
  if (words === null) return null
  if (person.status !== 'on_leave') return words.charAt(0).toUpperCase() + words.slice(1)
  return person.absence ? `On leave ${words}` : `On leave, ${words}`
}
