/** What announcements are called, whom they are for and how they stand. Pure: data in, words out. */
import type { Announcement, Audience, Role } from '@pms/contract'
import type { Priority } from '@pms/protocol'
import type { Tone } from '../../ui/pill.tsx'

/** The way back to the list. */
export const BACK = { to: '/announcements', label: 'Announcements' } as const

export const PRIORITY_LABELS: Record<Priority, string> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  urgent: 'Urgent',
}
export const PRIORITIES = Object.keys(PRIORITY_LABELS) as Priority[]

/** What a priority means to those who read it. */
export const PRIORITY_MEANINGS: Record<Priority, string> = {
  low: 'Nice to know. It passes by quietly.',
  medium: 'Worth knowing. It passes by without a sound.',
  high: 'Everybody should know. It is heard.',
  urgent: 'Everybody must know now. It is heard, and stays on the screen until it is seen.',
}

export const AUDIENCE_LABELS: Record<Audience, string> = {
  everyone: 'Everyone',
  unit: 'A unit',
  role: 'A role',
}
export const AUDIENCES = Object.keys(AUDIENCE_LABELS) as Audience[]

/** Those who have a role, as a sentence names them. */
export const ROLE_GROUPS: Record<Role, string> = {
  staff: 'All staff',
  hr: 'HR',
  admin: 'Admins',
  super_admin: 'Super admins',
}
export const ROLES = Object.keys(ROLE_GROUPS) as Role[]

type Addressed = Pick<Announcement, 'audience' | 'unit' | 'role'>

/** "Everyone", "Sales and below", "HR" */
export function audienceWords({ audience, unit, role }: Addressed): string {
  if (audience === 'unit') return unit ? `${unit.name} and below` : 'A unit'
  if (audience === 'role') return role ? ROLE_GROUPS[role] : 'A role'
  return 'Everyone'
}

/** The same inside a sentence: "everyone", "all staff", "HR". What a unit is called stays as it is. */
export function toWhom(announcement: Addressed): string {
  const words = audienceWords(announcement)
  const isName = announcement.audience === 'unit' || words === ROLE_GROUPS.hr
  return isName ? words : words.charAt(0).toLowerCase() + words.slice(1)
}

type Standing = Pick<Announcement, 'status' | 'progress' | 'acknowledged_at' | 'allowed_actions'>

/** Its state, seen from whoever looks at it; null where there is nothing to be said. */
export function stateOf(announcement: Standing): { tone: Tone; word: string } | null {
  const { status, progress, acknowledged_at, allowed_actions } = announcement
  if (status === 'DRAFT') return { tone: 'neutral', word: 'Draft' }
  if (allowed_actions.includes('acknowledge')) return { tone: 'awaiting', word: 'To acknowledge' }
  if (acknowledged_at) return { tone: 'done', word: 'Acknowledged' }
  if (progress && progress.delivered < progress.recipients) return { tone: 'active', word: 'On its way' }
  return null
}

/** Rounded down: all of it only when it is all of it. */
export const percentOf = (part: number, whole: number) =>
  whole === 0 ? 100 : Math.floor((part / whole) * 100)
