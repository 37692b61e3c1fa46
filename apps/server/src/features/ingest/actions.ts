/** What another system tells people of. All of a call happens in one transaction, so that it can be sent again. */
import type { RaiseBody, RaiseResult, Recipient } from '@pms/contract'
import { type Actor, defineNotification, notify } from '@pms/notifier'
import { prepared } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import { recordAudit } from '../../audit/record.ts'
import { maySignIn } from '../../auth/sessions.ts'
import type { AppDatabase, Tables, Tx } from '../../database.ts'
import { unprocessable } from '../../http/errors.ts'
import { assertFits, type DataCheck, dataCheckOf } from './data.ts'
import type { RegisteredTypeTable } from './tables.ts'
import { fill, isSitePath } from './templates.ts'
import { findRegistered } from './types.ts'

/** So many rows are written at once. */
const AT_ONCE = 200

/** Longer ones nobody reads, and no list shows. */
const MAX_TITLE = 200
const MAX_MESSAGE = 2_000

export type RaiseActions = ReturnType<typeof raiseActions>

export interface RaiseOptions {
  database: AppDatabase
  /** Types that the product raises itself: nobody else does. */
  builtIn: readonly string[]
  /** The spelling under which an address is kept. */
  normalEmail(email: string): string
}

export function raiseActions({ database, builtIn, normalEmail }: RaiseOptions) {
  return {
    /** Those who are not known, or not active, are named in the answer and stop nobody else. */
    raise: (source: Actor, body: RaiseBody): Promise<RaiseResult> =>
      database.transaction(async tx => {
        const type = await registered(tx, body.type)
        const check = dataCheckOf(type.data_schema)
        const definition = definitionOf(type, check)
        const { data } = body
        assertFits(check, data)
        const words = wordsOf(type, data, body.action_url ?? null)

        const found = await find(tx, body.to)
        const results = body.to.map(recipient => {
          const person = found(recipient)
          return { recipient, person, outcome: outcomeOf(person) }
        })
        const to = new Set(
          results.flatMap(({ outcome, person }) => (outcome === 'created' && person ? [person.id] : [])),
        )
        for (const part of inParts([...to])) notify(tx, definition, { to: part, actor: source, data, words })
        await recordAudit(tx, {
          actor: source,
          action: 'notification.raised',
          object: { type: 'notification_type', id: type.type },
          detail: { created: to.size },
        })
        return {
          type: type.type,
          created: to.size,
          results: results.map(({ recipient, outcome }) => ({ recipient, outcome })),
        }
      }),
  }

  async function registered(tx: Tx, name: string): Promise<RegisteredTypeTable> {
    const type = await findRegistered(tx.db, name)
    if (type) return type
    throw builtIn.includes(name)
      ? unprocessable('type', `type ${name} is raised by the product itself; register one of your own`)
      : unprocessable('type', `type ${name} is not registered`)
  }

  async function find(tx: Tx, recipients: readonly Recipient[]) {
    for (const [at, { user_id, email }] of recipients.entries()) {
      if ((user_id === undefined) === (email === undefined))
        throw unprocessable(`to.${at}`, `to.${at} must have either user_id or email`)
    }
    const ids = recipients.flatMap(({ user_id }) => user_id ?? [])
    const emails = recipients.flatMap(({ email }) => (email === undefined ? [] : normalEmail(email)))
    const people = [
      ...(ids.length > 0 ? await findByIds(tx.db, ids) : []),
      ...(emails.length > 0 ? await findByEmails(tx.db, emails) : []),
    ]
    const byId = new Map(people.map(person => [person.id, person]))
    const byEmail = new Map(people.map(person => [person.email, person]))
    return ({ user_id, email = '' }: Recipient) =>
      user_id === undefined ? byEmail.get(normalEmail(email)) : byId.get(user_id)
  }
}

const findByIds = prepared((db: Kysely<Tables>, ids: readonly string[]) =>
  db.selectFrom('users').select(['id', 'email', 'status']).where('id', 'in', ids),
)

const findByEmails = prepared((db: Kysely<Tables>, emails: readonly string[]) =>
  db.selectFrom('users').select(['id', 'email', 'status']).where('email', 'in', emails),
)

type Person = Pick<Tables['users'], 'id' | 'status'>

function outcomeOf(person: Person | undefined): RaiseResult['results'][number]['outcome'] {
  if (!person) return 'unknown'
  // Who is on leave finds it on coming back.
  return maySignIn(person.status) ? 'created' : 'not_active'
}

/** What the texts say this time. */
interface Words {
  title: string
  message: string
  actionUrl: string | null
}

function definitionOf({ type, priority }: RegisteredTypeTable, { schema }: DataCheck) {
  return defineNotification<Words>()({
    type,
    priority,
    data: schema,
    title: ({ words }) => words.title,
    message: ({ words }) => words.message,
    actionUrl: ({ words }) => words.actionUrl,
  })
}

/** @throws 422 when they come out too long, or lead elsewhere */
function wordsOf(type: RegisteredTypeTable, data: Record<string, unknown>, actionUrl: string | null): Words {
  const words = {
    title: fill(type.title, data),
    message: fill(type.message, data),
    actionUrl: actionUrl ?? (type.action_url && fill(type.action_url, data, encodeURIComponent)),
  }
  if (words.title.length > MAX_TITLE)
    throw unprocessable('data', `data makes the title longer than ${MAX_TITLE}`)
  if (words.message.length > MAX_MESSAGE)
    throw unprocessable('data', `data makes the message longer than ${MAX_MESSAGE}`)
  if (words.actionUrl !== null && !isSitePath(words.actionUrl))
    throw unprocessable('action_url', 'action_url must be a path on this site')
  return words
}

function inParts(ids: readonly string[]): string[][] {
  const parts: string[][] = []
  for (let from = 0; from < ids.length; from += AT_ONCE) parts.push(ids.slice(from, from + AT_ONCE))
  return parts
}
