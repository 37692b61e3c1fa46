/** Fills a database of ours: people who are signed in, one who may do everything, a registered type and a key for it. */
import { buildApp } from '../../apps/server/src/app.ts'
import type { Config } from '../../apps/server/src/config.ts'
import { ACTION_URL, MESSAGE, PRIORITY, RAISER, TITLE, TYPE } from './payload.ts'
import { personId, sessionId } from './people.ts'

/** So many rows in one statement. */
const AT_ONCE = 500

const DATA = {
  type: 'object',
  properties: {
    goal_id: { type: 'string', format: 'uuid' },
    goal: { type: 'string', minLength: 1, maxLength: 200 },
    number: { type: 'integer' },
  },
  required: ['goal_id', 'goal', 'number'],
}

/** @returns an API key that is good for raising notifications */
export async function populate(config: Config, people: number): Promise<string> {
  const app = await buildApp(config)
  try {
    await app.database.transaction(async ({ db, now }) => {
      for (let from = 0; from < people; from += AT_ONCE) {
        const numbers = Array.from({ length: Math.min(AT_ONCE, people - from) }, (_, at) => from + at)
        await db
          .insertInto('users')
          .values(
            numbers.map(person => ({
              id: personId(person),
              name: `Person ${person}`,
              email: `person-${person}@bench.test`,
              job_title: 'Engineer',
              unit_id: null,
              supervisor_id: null,
              // The first one registers the type, makes the key, and publishes announcements.
              role: person === 0 ? ('super_admin' as const) : ('staff' as const),
              status: 'active' as const,
              password_hash: null,
              created_at: now,
              updated_at: now,
              erased_at: null,
            })),
          )
          .execute()
        await db
          .insertInto('sessions')
          .values(
            numbers.map(person => ({
              id: sessionId(person),
              user_id: personId(person),
              generation: 1,
              rotated_at: now,
              user_agent: 'bench',
              created_at: now,
              last_used_at: now,
              expires_at: inADay(now),
              revoked_at: null,
            })),
          )
          .execute()
      }
    })

    const token = await app.auth.issueToken(
      { id: personId(0), name: 'Person 0' },
      { userAgent: 'bench', seconds: 3_600 },
    )
    const call = async (url: string, body: object) => {
      const answer = await app.http.inject({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${token}` },
        body,
      })
      if (answer.statusCode !== 201) throw new Error(`${url} answered ${answer.statusCode}: ${answer.body}`)
      return answer.json()
    }
    await call('/api/notification-types', {
      type: TYPE,
      priority: PRIORITY,
      title: TITLE,
      message: MESSAGE,
      action_url: ACTION_URL,
      data_schema: DATA,
    })
    const { key } = await call('/api/api-keys', { name: RAISER, scopes: ['notifications.create'] })
    return key
  } finally {
    await app.close()
  }
}

function inADay(now: string): string {
  return new Date(Date.parse(now) + 24 * 60 * 60 * 1_000).toISOString()
}
