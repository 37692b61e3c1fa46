/** What tests of people have in common: their inboxes, and hearing what sockets were told. */
import type { CreateDelegationBody, Delegation, NewUser } from '@pms/contract'
import { createInboxes } from '@pms/notifier'
import type { InboxItem, NotificationPage, Problem } from '@pms/protocol'
import { expect } from 'vitest'
import type { Person, Rest, TestServer, TestSocket } from '../src/testing/index.ts'
import { heard } from './goal-calls.ts'

/** What else an answer may be, where the thing itself has a status. */
export type Refusal = Omit<Problem, 'status'>

/** All of a person's inbox, newest first. It is read past the sign-in: also of those who may not sign in. */
export async function inbox({ app }: TestServer, person: Person): Promise<InboxItem[]> {
  return (await createInboxes(app.database).list(person.id, { skip: 0, limit: 100 })).notifications
}

/** The inbox as its owner reads it. */
export async function ownInbox(rest: Rest): Promise<NotificationPage> {
  const { status, body } = await rest.get<NotificationPage>('/api/notifications?limit=100')
  expect(status).toBe(200)
  return body
}

/** The notifications that a socket was told of so far. */
export async function news(socket: TestSocket): Promise<InboxItem[]> {
  const told = await heard(socket)
  return told
    .filter(({ type }) => type === 'new_notification')
    .map(message => message.notification as InboxItem)
}

/** How a notification reads. */
export const read = ({ type, priority, title, message, action_url, data }: InboxItem) => ({
  type,
  priority,
  title,
  message,
  action_url,
  data,
})

export async function hire(rest: Rest, body: object): Promise<NewUser> {
  const reply = await rest.post<NewUser>('/api/users', body)
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  return reply.body
}

/** Names somebody who stands in. */
export async function delegate(
  rest: Rest,
  body: Omit<CreateDelegationBody, 'delegate_id'> & { to_whom: Person },
): Promise<Delegation> {
  const { to_whom, ...rest_of_body } = body
  const reply = await rest.post<Delegation & Problem>('/api/delegations', {
    ...rest_of_body,
    delegate_id: to_whom.id,
  })
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  return reply.body
}

export async function setStatus(rest: Rest, person: Person, status: string): Promise<void> {
  const reply = await rest.put(`/api/users/${person.id}/status`, { status })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
}
