/** What the REST calls of an inbox take, checked; and how they refuse what they do not. */
import { Priority } from '@pms/protocol'
import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import type { InboxQuery } from './inbox.ts'

const MOST_SKIPPED = 10_000
const LARGEST_PAGE = 100

/** A call that is answered with a problem. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const wrong = (what: string) => new Refusal(422, 'invalid_input', what)

/** @throws {Refusal} */
export function shaped<Schema extends TSchema>(schema: Schema, body: unknown): Static<Schema> {
  if (!Check(schema, body)) throw wrong('The body is not what this call takes')
  return body
}

/** @throws {Refusal} */
export function queryOf(query: URLSearchParams): InboxQuery {
  const priority = query.get('priority') ?? undefined
  if (priority !== undefined && !Check(Priority, priority)) throw wrong('priority is none that there is')
  const cursor = query.get('cursor')
  return {
    skip: numberOf(query, 'skip', 0, 0, MOST_SKIPPED),
    limit: numberOf(query, 'limit', 20, 1, LARGEST_PAGE),
    unreadOnly: truthOf(query, 'unread_only'),
    needsAction: truthOf(query, 'needs_action'),
    type: query.get('notification_type') ?? undefined,
    priority,
    beforeSeq: cursor === null ? undefined : numberOf(query, 'cursor', 1, 1, Number.MAX_SAFE_INTEGER),
  }
}

function numberOf(query: URLSearchParams, name: string, usual: number, least: number, most: number): number {
  const word = query.get(name)
  if (word === null) return usual
  const number = /^\d{1,15}$/.test(word) ? Number(word) : Number.NaN
  if (!(number >= least && number <= most)) throw wrong(`${name} must be a number from ${least} to ${most}`)
  return number
}

function truthOf(query: URLSearchParams, name: string): boolean {
  const word = query.get(name)?.toLowerCase() ?? 'false'
  if (word === 'true' || word === '1') return true
  if (word === 'false' || word === '0') return false
  throw wrong(`${name} must be true or false`)
}
