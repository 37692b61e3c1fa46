/** Reads the bodies of calls and refuses what is not right, by hand. */
import { type Body, TYPE } from '../payload.ts'

const MAX_RECIPIENTS = 1_000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Null where anything about it is wrong. */
export function readRaise(text: string): Body | null {
  const body = parse(text)
  return isRaise(body) ? body : null
}

/** Null where anything about it is wrong. */
export function readAnnouncement(text: string): { title: string; body: string } | null {
  const body = parse(text)
  if (!isRecord(body) || body.audience !== 'everyone' || body.publish !== true) return null
  const { title, body: words } = body
  return isText(title, 200) && isText(words, 2_000) ? { title, body: words } : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRaise(body: unknown): body is Body {
  if (!isRecord(body) || body.type !== TYPE) return false
  const { to, data } = body
  if (!Array.isArray(to) || to.length === 0 || to.length > MAX_RECIPIENTS) return false
  if (!to.every(each => isRecord(each) && isText(each.user_id, 36) && UUID.test(each.user_id))) return false
  return (
    isRecord(data) &&
    isText(data.goal, 200) &&
    isText(data.goal_id, 36) &&
    UUID.test(data.goal_id) &&
    Number.isSafeInteger(data.number)
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= longest
