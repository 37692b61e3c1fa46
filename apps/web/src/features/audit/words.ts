/** What was done, in words. Pure: data in, words out. */
import type { AuditEntry } from '@pms/contract'
import { shortDay } from '../../ui/dates.ts'

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
  { value: 'trace', label: 'Looks into inboxes' },
] as const

/** "Goal approved" of `goal.approved`. */
export function deedOf(action: string): string {
  const words = action.replaceAll(/[._]/g, ' ')
  return (words.charAt(0).toUpperCase() + words.slice(1)).replace(/\bApi\b/, 'API')
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const SHORT_ID = /^[\da-f]{8}-[\da-f-]{27}$/i

/** "from active to suspended", "reason …": what else is known of it, each as a name and a value. */
export function detailsOf({ from, to, ...rest }: AuditEntry['detail']): { name: string; value: string }[] {
  const others = Object.entries(rest).flatMap(([name, value]) => {
    const text = textOf(value)
    return text === '' ? [] : [{ name: name.replaceAll('_', ' '), value: text }]
  })
  const [before, after] = [stateOf(from), stateOf(to)]
  if (before === after) return others
  if (before === '') return [{ name: 'to', value: after }, ...others]
  return [{ name: 'from', value: after === '' ? before : `${before} to ${after}` }, ...others]
}

/** As people say what the system calls PENDING_APPROVAL. */
function stateOf(value: unknown): string {
  const text = textOf(value)
  return /^[A-Z_]+$/.test(text) ? text.toLowerCase().replaceAll('_', ' ') : text
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, inner]) => `${name.replaceAll('_', ' ')} ${textOf(inner)}`)
      .join(', ')
  const text = String(value)
  if (DAY.test(text)) return shortDay(text, '')
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
