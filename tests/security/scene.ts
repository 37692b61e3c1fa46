/** People who have something of every kind, and a stranger who is to see and change none of it. */
import type { Attachment, Session, SessionPage } from '@pms/contract'
import { expect } from 'vitest'
import { createTestClock, startServer } from '../../apps/server/src/testing/index.ts'
import * as announcements from '../../apps/server/test/announcement-calls.ts'
import { createGoal } from '../../apps/server/test/goal-calls.ts'
import * as initiatives from '../../apps/server/test/initiative-calls.ts'
import { makeKey, payslip, registerType } from '../../apps/server/test/key-calls.ts'
import { delegate } from '../../apps/server/test/people-calls.ts'
import { beginCycle, draftCycle, reviewId } from '../../apps/server/test/review-calls.ts'
import type { NotificationPage } from '../../packages/protocol/src/index.ts'
import { dereference } from '../contract/dereference.ts'

/** Stands in everything that the stranger must not read. */
export const HIDDEN = 'Confidential'

export type Scene = Awaited<ReturnType<typeof setScene>>

export async function setScene() {
  const clock = createTestClock()
  const server = await startServer({ clock, env: { TIME_ZONE: 'UTC' } })
  const cast = await server.addOrganisation()
  const peer = await server.addPerson('Pia Peer', { supervisor: cast.jane })
  const stranger = await server.addPerson('Sam Stranger')
  await server.addPerson('Hugo Human', { role: 'hr' })
  const [john, jane, hana, ada] = await Promise.all(
    [cast.john, cast.jane, cast.hana, cast.ada].map(person => server.as(person)),
  )
  if (!john || !jane || !hana || !ada) throw new Error('Nobody is there')

  const goal = await createGoal(john, { title: `${HIDDEN} goal` })
  const proposed = await initiatives.propose(john, { title: `${HIDDEN} proposal` })
  const started = await initiatives.assign(jane, [cast.john], { title: `${HIDDEN} task` })
  await initiatives.act(john, started, 'start')
  const extended = await initiatives.act(john, started, 'request_extension', {
    new_due_date: '2027-03-20',
    reason: HIDDEN,
  })
  const cycle = await beginCycle(hana, new Map([[cast.john, [peer]]]), { name: `${HIDDEN} cycle` })
  const cycleDraft = await draftCycle(hana, [cast.john], { name: `${HIDDEN} draft` })
  const published = await announcements.announce(server, hana, {
    title: `${HIDDEN} notice`,
    audience: 'role',
    role: 'hr',
    requires_acknowledgement: true,
  })
  const announced = await announcements.draft(hana, { title: `${HIDDEN} plans` })
  const unit = await ada.post<{ id: string }>('/api/units', {
    name: 'Everything',
    kind: 'global',
    parent_id: null,
  })
  const freeze = await hana.post<{ id: string }>('/api/goal-freezes', { year: 2027, quarter: 'Q4' })
  const delegation = await delegate(jane, {
    to_whom: cast.mary,
    from: '2027-03-10',
    to: '2027-03-12',
    reason: HIDDEN,
  })
  const key = await makeKey(ada, { name: `${HIDDEN} key` })
  await registerType(ada)
  const form = new FormData()
  form.append('file', new Blob([HIDDEN]), `${HIDDEN}.txt`)
  const uploaded = await fetch(`${server.url}/api/attachments`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${await server.tokenOf(cast.john)}` },
  })
  const attachment = (await uploaded.json()) as Attachment
  const sessions = (await jane.get<SessionPage>('/api/auth/sessions')).body.items as Session[]
  const inbox = (await jane.get<NotificationPage>('/api/notifications')).body.notifications
  const notification = inbox.find(({ data }) => data.goal_id === goal.id)
  if (!notification) throw new Error('Jane was not asked')
  await jane.put('/api/preferences/muted-things', { notification_id: notification.id })

  const ids = {
    user: cast.john.id,
    supervisor: cast.jane.id,
    peer: peer.id,
    stranger: stranger.id,
    goal: goal.id,
    initiative: proposed.id,
    started: started.id,
    extension: extended.extensions[0]?.id ?? '',
    cycle: cycle.id,
    cycleDraft: cycleDraft.id,
    review: await reviewId(server, cycle.id, cast.john, cast.jane),
    announcement: announced.id,
    published: published.id,
    unit: unit.body.id,
    freeze: freeze.body.id,
    delegation: delegation.id,
    key: key.id,
    type: payslip.type,
    attachment: attachment.id,
    session: sessions[0]?.id ?? '',
    notification: notification.id,
  }
  for (const [name, id] of Object.entries(ids)) expect(id, name).toBeTruthy()
  return { server, stranger: await server.as(stranger), boss: ada, ids }
}

export interface Route {
  method: string
  path: string
  query: string[]
  body: Schema | null
}

export interface Schema {
  type?: string
  format?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  additionalProperties?: unknown
  patternProperties?: unknown
}

/** Every route that the server says it has. */
export async function routesOf({ server }: Pick<Scene, 'server'>): Promise<Route[]> {
  interface Operation {
    parameters?: { in: string; name: string }[]
    requestBody?: { content: Record<string, { schema: Schema }> }
  }
  const { body } = await server
    .rest()
    .get<{ paths: Record<string, Record<string, Operation>> }>('/api/openapi.json')
  return Object.entries(dereference(body).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter(each => each.in === 'query').map(({ name }) => name),
      body: requestBody?.content['application/json']?.schema ?? null,
    })),
  )
}
