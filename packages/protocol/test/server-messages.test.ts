/** Each message as it goes over the wire, written out: the schemas take it so, and no field may be missing or other. */
import { Check } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import {
  AllMarkedRead,
  AuthRefreshed,
  ConnectionEstablished,
  ErrorMessage,
  MarkedRead,
  NewNotification,
  NotificationDeleted,
  NotificationUpdated,
  ResourceChanged,
  ServerDraining,
  ServerMessage,
  Sync,
  SyncReset,
} from '../src/server-messages.ts'

const ID = '0190a5f0-7b1c-7d6e-8f00-0123456789ab'
const plain = {
  id: ID,
  type: 'ticket_assigned',
  priority: 'high',
  title: 'New ticket',
  message: "Dan Dee has assigned you 'Printer'.",
  action_url: '/tickets/t1',
  data: { ticket_id: 't1' },
  triggered_by_name: 'Dan Dee',
  created_at: '2027-01-04T09:00:00.000Z',
  is_read: false,
}
const item = {
  ...plain,
  seq: 7,
  needs_action: true,
  resolved_at: null,
  resolved_by_name: null,
  object: { type: 'ticket', id: 't1' },
}
const at = { version: 7, unread_count: 3 }

const examples = {
  ConnectionEstablished: {
    type: 'connection_established',
    message: 'Connected to notification service',
    user_id: 'amy',
    epoch: ID,
    ...at,
  },
  NewNotification: { type: 'new_notification', notification: item, ...at },
  MarkedRead: { type: 'marked_read', notification_id: ID, ...at },
  AllMarkedRead: { type: 'all_marked_read', through_seq: 6, count: 2, ...at },
  NotificationUpdated: { type: 'notification_updated', notification: item, ...at },
  NotificationDeleted: { type: 'notification_deleted', notification_id: ID, ...at },
  Sync: {
    type: 'sync',
    from: 2,
    total_count: 9,
    notifications: [item],
    deleted: [ID],
    more: false,
    ...at,
  },
  SyncReset: { type: 'sync_reset', version: 7, reason: 'epoch_changed' },
  AuthRefreshed: { type: 'auth_refreshed', expires_at: '2027-01-04T10:00:00.000Z' },
  ServerDraining: { type: 'server_draining', retry_after_ms: 1500 },
  ResourceChanged: { type: 'resource_changed', resource: 'ticket', id: 't1' },
  ErrorMessage: { type: 'error', code: 'not_found', message: 'There is none', request: 'mark_read:1' },
}

const schemas = {
  ConnectionEstablished,
  NewNotification,
  MarkedRead,
  AllMarkedRead,
  NotificationUpdated,
  NotificationDeleted,
  Sync,
  SyncReset,
  AuthRefreshed,
  ServerDraining,
  ResourceChanged,
  ErrorMessage,
}

const names = Object.keys(examples) as (keyof typeof examples)[]
const OPTIONAL: Partial<Record<keyof typeof examples, readonly string[]>> = {
  MarkedRead: ['version', 'unread_count'],
}

const without = (message: object, field: string) =>
  Object.fromEntries(Object.entries(message).filter(([name]) => name !== field))

describe.each(names)('%s', name => {
  const schema = schemas[name]
  const example = examples[name]
  const optional = OPTIONAL[name] ?? []

  it('is taken as it is, by itself and as one of all', () => {
    expect(Check(schema, example)).toBe(true)
    expect(Check(ServerMessage, example)).toBe(true)
  })

  it.each(Object.keys(example))('%s may not be missing, unless nothing changed', field => {
    const missing = without(example, field)
    expect(Check(schema, missing)).toBe(optional.includes(field))
    expect(Check(ServerMessage, missing)).toBe(optional.includes(field))
  })

  it.each(Object.keys(example))('%s may not be of another kind', field => {
    expect(Check(ServerMessage, { ...example, [field]: { something: 'else' } })).toBe(false)
    expect(Check(ServerMessage, { ...example, [field]: null })).toBe(false)
  })

  it('is what no other schema takes', () => {
    const takers = names.filter(other => Check(schemas[other], example))
    expect(takers).toEqual([name])
  })
})

describe('the union', () => {
  it('has an example of each of its members here', () => {
    expect(ServerMessage.anyOf).toHaveLength(names.length)
  })

  it.each([null, 'pong', 7, [], {}, { type: 'unheard_of' }])('does not take %j', value => {
    expect(Check(ServerMessage, value)).toBe(false)
  })
})

describe('a notification', () => {
  const created = (notification: object) => ({ type: 'new_notification', notification, ...at })

  it.each(Object.keys(plain))(
    'is told to plain clients in ten fields, of which %s may not be missing',
    field => {
      expect(Check(NewNotification, created(plain))).toBe(true)
      expect(Check(NewNotification, created(without(plain, field)))).toBe(false)
    },
  )

  it.each(Object.keys(item))('as an item of the inbox has %s as well', field => {
    const updated = { type: 'notification_updated', notification: without(item, field), ...at }
    expect(Check(NotificationUpdated, updated)).toBe(false)
  })

  it('may come from nobody, lead nowhere and be about nothing', () => {
    const bare = { ...item, action_url: null, triggered_by_name: null, object: null, data: {} }
    expect(Check(NewNotification, created(bare))).toBe(true)
  })

  it.each([
    { priority: 'immense' },
    { created_at: 'yesterday' },
    { created_at: 1_767_517_200 },
    { id: '7' },
    { seq: 0 },
    { seq: 1.5 },
  ])('cannot have %j', wrong => {
    const updated = { type: 'notification_updated', notification: { ...item, ...wrong }, ...at }
    expect(Check(NotificationUpdated, updated)).toBe(false)
  })
})

it('starting over has one of the known reasons', () => {
  expect(Check(SyncReset, { ...examples.SyncReset, reason: 'bad_mood' })).toBe(false)
})

it('a version or a count is never negative or broken', () => {
  for (const wrong of [-1, 0.5, '7', Number.NaN]) {
    expect(Check(MarkedRead, { ...examples.MarkedRead, version: wrong })).toBe(false)
    expect(Check(MarkedRead, { ...examples.MarkedRead, unread_count: wrong })).toBe(false)
  }
})
