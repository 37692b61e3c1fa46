/** What is held of a person, to take away: all of it, nothing that others said in confidence, nothing that opens a door. */
import type { AuditPage } from '@pms/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import { personalParts } from '../src/personal-data/parts.ts'
import { type Person, startServer, type TestServer } from '../src/testing/index.ts'
import { createGoal } from './goal-calls.ts'

let server: TestServer
let cast: Record<'jane' | 'john' | 'hana' | 'sam', Person>

const PASSWORD = 'a good long password'

beforeEach(async () => {
  server = await startServer()
  const { addPerson } = server
  const jane = await addPerson('Jane Smith')
  cast = {
    jane,
    john: await addPerson('John Doe', { supervisor: jane, password: PASSWORD }),
    hana: await addPerson('Hana Sato', { role: 'hr' }),
    sam: await addPerson('Sam Stranger'),
  }
  return () => server.close()
})

type Document = Record<string, Record<string, unknown>[]> & { profile: Record<string, unknown> }

async function dataOf(person: Person, by = person) {
  const rest = await server.as(by)
  return rest.get<Document>(`/api/users/${person.id}/data`)
}

describe('the document', () => {
  test('has what the person is, did, and was told, and leaves a trace', async () => {
    const asJohn = await server.as(cast.john)
    const { id } = await createGoal(asJohn)
    const rest = await server.as(cast.jane)
    expect((await rest.put(`/api/goals/${id}/approve`, {})).status).toBe(200)
    await asJohn.put('/api/preferences/notifications', { type: 'goal_approved', sound: false })

    const { status, body, headers } = await dataOf(cast.john)
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="pms-data-[\d-]+\.json"$/)
    expect(Object.keys(body)).toEqual(
      expect.arrayContaining(['exported_at', 'profile', ...personalParts.map(({ name }) => name)]),
    )
    expect(body.profile).toMatchObject({ id: cast.john.id, name: 'John Doe', email: cast.john.email })
    expect(body.goals).toEqual([expect.objectContaining({ id, owner_id: cast.john.id, status: 'ACTIVE' })])
    expect(body.notifications).toEqual([expect.objectContaining({ type: 'goal_approved' })])
    expect(body.sessions).not.toEqual([])
    expect(body.acts?.map(({ action }) => action)).toContain('goal.created')

    const trail = await (await server.as(cast.hana)).get<AuditPage>('/api/audit?action=user.data_exported')
    expect(trail.body.items).toEqual([
      expect.objectContaining({ actor: { id: cast.john.id, name: 'John Doe' } }),
    ])
  })

  test('has nothing of what was said in confidence when somebody else takes it, only when the person does', async () => {
    const ofJohn = Object.keys((await dataOf(cast.john)).body)
    const forHana = Object.keys((await dataOf(cast.john, cast.hana)).body)
    expect(ofJohn.filter(name => !forHana.includes(name)).sort()).toEqual([
      'acts',
      'connections',
      'muted_things',
      'notifications',
      'reviews_written',
    ])
  })

  test('opens no door, and tells nothing of others', async () => {
    await createGoal(await server.as(cast.jane), { title: 'Hers alone' })
    const text = JSON.stringify((await dataOf(cast.john)).body)
    expect(text).not.toMatch(/password|"hash"|argon2|token/)
    expect(text).not.toContain('Hers alone')
    expect(text).not.toContain(cast.sam.email)
  })

  test('is written in pieces, however much there is', async () => {
    const { db } = server.app.database
    const row = (n: number) => ({
      ...{ id: `audit ${String(n).padStart(5, '0')}`, at: '2027-01-01T00:00:00.000Z', detail: '{"n":1}' },
      ...{ actor_id: cast.john.id, actor_name: 'John Doe', action: 'a.b', object_type: 'x', object_id: 'y' },
    })
    for (let from = 0; from < 1_000; from += 500)
      await db
        .insertInto('audit')
        .values(Array.from({ length: 500 }, (_, n) => row(from + n)))
        .execute()
    const { body } = await dataOf(cast.john)
    const acts = body.acts?.filter(({ action }) => action === 'a.b').map(({ id }) => id)
    expect(acts).toHaveLength(1_000)
    expect(new Set(acts).size).toBe(1_000)
  })
})

/** Tables that say something of a person, and what becomes of it in the document. */
const TOLD: Record<string, string> = {
  announcement_recipients: 'announcements_received',
  announcements: 'announcements_written',
  api_keys: 'acts: who made and revoked a key',
  attachments: 'files',
  audit: 'acts, account_history',
  connections: 'connections',
  delegations: 'delegations',
  erasures: 'what somebody was called who was erased, while something still names them',
  goal_events: 'goal_steps',
  goal_freezes: 'acts: who froze and lifted',
  goals: 'goals',
  inbox_counts: 'notifications: numbers of them',
  inboxes: 'notifications: numbers of them',
  initiative_assignees: 'initiatives',
  initiative_events: 'initiative_steps',
  initiative_extensions: 'initiative_extensions',
  initiatives: 'initiatives',
  muted_things: 'muted_things',
  notification_preferences: 'notification_preferences',
  notifications: 'notifications',
  onboarding_links: 'what a link is recognised by, which opens a door',
  registered_types: 'acts: who registered a type',
  request_holders: 'notifications: each was told of',
  review_cycles: 'acts: who did what with a cycle',
  review_events: 'acts: who did what with a review',
  review_participants: 'review_results',
  review_peers: 'reviews_written; of others it is confidential',
  reviews: 'reviews_written; what others write is in review_results as far as it may be known',
  sessions: 'sessions',
  users: 'profile',
  ws_tickets: 'what a ticket is recognised by, for 30 seconds',
}

test('every table that says something of a person is thought of', async () => {
  const tables = await server.app.database.db.introspection.getTables()
  const personal = tables
    .filter(({ columns }) =>
      columns.some(({ name }) =>
        /(^|_)(user|owner|actor|author|creator|head|reviewer|reviewee|delegate|supervisor|peer|subject|by)_id$/.test(
          name,
        ),
      ),
    )
    .map(({ name }) => name)
  expect(Object.keys(TOLD).sort()).toEqual(personal.sort())
})
