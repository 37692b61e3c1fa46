/** The list of what still asks for a decision, and one notification by itself, over REST. */
import type { InboxItem, NotificationPage } from '@pms/protocol'
import { expect, test } from 'vitest'
import { startServer } from '../src/testing/index.ts'
import { attempt, createGoal } from './goal-calls.ts'

test('needs_action lists what nobody has decided yet, with the exact total', async () => {
  await using server = await startServer()
  const jane = await server.addPerson('Jane')
  const john = await server.addPerson('John', { supervisor: jane })
  const [ofJane, ofJohn] = [await server.as(jane), await server.as(john)]
  const [first, second] = [await createGoal(ofJohn), await createGoal(ofJohn)]
  await createGoal(ofJohn)

  const awaiting = async (more = '') => {
    const { body } = await ofJane.get<NotificationPage>(`/api/notifications?needs_action=true${more}`)
    expect(body.total).toBe(body.notifications.length)
    return body.total
  }
  expect(await awaiting()).toBe(3)
  await attempt(ofJane, first.id, 'approve')
  await attempt(ofJane, second.id, 'reject')
  expect(await awaiting()).toBe(1)
  expect(await awaiting('&unread_only=1&priority=high&notification_type=goal_created')).toBe(1)
  expect(await awaiting('&priority=low')).toBe(0)
  // What John was told asks nothing of him.
  expect((await ofJohn.get<NotificationPage>('/api/notifications?needs_action=1')).body.total).toBe(0)
  expect((await ofJohn.get<NotificationPage>('/api/notifications')).body.total).toBe(2)
})

test('one is given to its owner and to nobody else', async () => {
  await using server = await startServer()
  const jane = await server.addPerson('Jane')
  const john = await server.addPerson('John', { supervisor: jane })
  const [ofJane, ofJohn] = [await server.as(jane), await server.as(john)]
  await createGoal(ofJohn)
  const [item] = (await ofJane.get<NotificationPage>('/api/notifications')).body.notifications
  const path = `/api/notifications/${item?.id}`

  expect((await ofJane.get<InboxItem>(path)).body).toEqual(item)
  expect((await ofJohn.get(path)).status).toBe(404)
  expect((await server.rest().get(path)).status).toBe(401)
  await ofJane.delete(path)
  expect((await ofJane.get(path)).status).toBe(404)
})
