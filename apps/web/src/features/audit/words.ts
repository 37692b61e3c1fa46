/** What was done, in words. Pure: data in, words out. */
import type { AuditEntry } from '@pms/contract'

/** The kinds of things that things are done to, by how their actions begin. */
export const KINDS = [
  { value: 'goal', label: 'Goals' },
  { value: 'initiative', label: 'Initiatives' },
  { value: 'review', label: 'Reviews' },
  { value: 'user', label: 'Accounts' },
  { value: 'unit', label: 'Units' },
  { value: 'delegation', label: 'Delegations' },
  { value: 'announcement', label: 'Announcements' },
  { value: 'session', label: 'Sessions' },
  { value: 'api_key', label: 'API keys' },
  { value: 'notification', label: 'Other systems' },
] as const

/** "Goal approved" of `goal.approved`. */
export function deedOf(action: string): string {
  const words = action.replaceAll(/[._]/g, ' ')
  return (words.charAt(0).toUpperCase() + words.slice(1)).replace(/\bApi\b/, 'API')
}

const SHORT_ID = /^[\da-f]{8}-[\da-f-]{27}$/i

/** What holds a state as the system names it: PENDING_APPROVAL. */
const STATES: readonly string[] = ['from', 'to', 'status']

/** "from active to suspended", "reason: …": what else is known of it, each as a name and a value. */
export function detailsOf(detail: AuditEntry['detail']): { name: string; value: string }[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    const text = STATES.includes(name) ? textOf(value).toLowerCase().replaceAll('_', ' ') : textOf(value)
    return text === '' ? [] : [{ name: name.replaceAll('_', ' '), value: text }]
  })
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, inner]) => `${name.replaceAll('_', ' ')} ${textOf(inner)}`)
      .join(', ')
  const text = String(value)
  return SHORT_ID.test(text) ? `${text.slice(0, 8)}…` : text
}

/** The page of a thing, where it has one. */
export function pageOf({ type, id }: AuditEntry['object']): string | null {
  const folder = {
    goal: 'goals',
    initiative: 'initiatives',
    review: 'reviews',
    announcement: 'announcements',
    user: 'people',
  }[type]
  return folder ? `/${folder}/${encodeURIComponent(id)}` : null
}
