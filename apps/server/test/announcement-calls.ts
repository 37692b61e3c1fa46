/** What tests of announcements have in common: units with people in them, and calling announcements as people do. */
import type {
  Announcement,
  AnnouncementAction,
  AnnouncementPage,
  CreateAnnouncementBody,
  EditAnnouncementBody,
} from '@pms/contract'
import { newId } from '@pms/notifier/database'
import type { InboxItem, Problem } from '@pms/protocol'
import { expect } from 'vitest'
import type { AppDatabase } from '../src/database.ts'
import type { Person, Reply, Rest, TestServer } from '../src/testing/index.ts'
import { inboxOf } from './goal-calls.ts'

export const notice = {
  title: 'The canteen is closed',
  body: 'From Monday to Wednesday.',
  audience: 'everyone',
} as const

/** A whole organisation, sales below it with two teams, and finance beside sales. */
export async function addUnits({ app }: TestServer) {
  const units = {
    all: { id: '01a2068e-b7fc-72c7-afb3-000000000001', name: 'All', kind: 'global', parent_id: null },
    sales: {
      id: '01a2068e-b7fc-72c7-afb3-000000000002',
      name: 'Sales',
      kind: 'directorate',
      parent_id: '01a2068e-b7fc-72c7-afb3-000000000001',
    },
    north: {
      id: '01a2068e-b7fc-72c7-afb3-000000000003',
      name: 'Sales North',
      kind: 'department',
      parent_id: '01a2068e-b7fc-72c7-afb3-000000000002',
    },
    lagos: {
      id: '01a2068e-b7fc-72c7-afb3-000000000004',
      name: 'Lagos',
      kind: 'unit',
      parent_id: '01a2068e-b7fc-72c7-afb3-000000000003',
    },
    finance: {
      id: '01a2068e-b7fc-72c7-afb3-000000000005',
      name: 'Finance',
      kind: 'directorate',
      parent_id: '01a2068e-b7fc-72c7-afb3-000000000001',
    },
  } as const
  await app.database.db.insertInto('org_units').values(Object.values(units)).execute()
  return units
}

/** People in great number, put into the database as they are. */
export async function addCrowd({ db }: AppDatabase, count: number): Promise<string[]> {
  const now = new Date().toISOString()
  const people = Array.from(
    { length: count },
    (_, n) =>
      ({
        id: newId(),
        name: `Person ${n}`,
        email: `person.${n}@example.test`,
        job_title: '',
        unit_id: null,
        supervisor_id: null,
        role: 'staff',
        status: 'active',
        password_hash: null,
        created_at: now,
        updated_at: now,
        erased_at: null,
      }) as const,
  )
  for (let from = 0; from < count; from += 1_000)
    await db
      .insertInto('users')
      .values(people.slice(from, from + 1_000))
      .execute()
  return people.map(({ id }) => id)
}

export async function moveTo({ app }: TestServer, person: Person, unit: { id: string }): Promise<void> {
  await app.database.db.updateTable('users').set({ unit_id: unit.id }).where('id', '=', person.id).execute()
}

export async function draft(
  rest: Rest,
  changes: Partial<CreateAnnouncementBody> = {},
): Promise<Announcement> {
  return done(await rest.post('/api/announcements', { ...notice, ...changes }), 201)
}

/** Published at once, and brought to everybody it is for. */
export async function announce(
  server: TestServer,
  rest: Rest,
  changes: Partial<CreateAnnouncementBody> = {},
): Promise<Announcement> {
  const { id } = await draft(rest, { ...changes, publish: true })
  await server.app.jobs.tick()
  return read(rest, id)
}

/** Tries an action, whatever comes of it. */
export function attempt(
  rest: Rest,
  id: string,
  action: AnnouncementAction,
  body: EditAnnouncementBody = { title: 'The canteen is open' },
): Promise<Reply<Announcement | Problem | { message: string }>> {
  const path = `/api/announcements/${id}`
  switch (action) {
    case 'edit':
      return rest.patch(path, body)
    case 'delete':
      return rest.delete(path)
    case 'publish':
    case 'acknowledge':
      return rest.put(`${path}/${action}`)
  }
}

/** Takes an action that must be possible. */
export async function act(
  rest: Rest,
  id: string,
  action: Exclude<AnnouncementAction, 'delete'>,
  body?: EditAnnouncementBody,
): Promise<Announcement> {
  return done((await attempt(rest, id, action, body)) as Reply<Announcement>, 200)
}

export async function read(rest: Rest, id: string): Promise<Announcement> {
  return done(await rest.get(`/api/announcements/${id}`), 200)
}

export async function list(rest: Rest, query = ''): Promise<AnnouncementPage> {
  return done(await rest.get(`/api/announcements?limit=100&${query}`), 200)
}

/** What an inbox holds of an announcement. */
export async function received(rest: Rest, { id }: { id: string }): Promise<InboxItem[]> {
  const { notifications } = await inboxOf(rest)
  return notifications.filter(({ data }) => data.announcement_id === id)
}

export function done<T>({ status, body }: Reply<T>, expected: number): T {
  expect(status, JSON.stringify(body)).toBe(expected)
  return body
}
