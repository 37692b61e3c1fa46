/**
 * What became of a notification, for those who look after the installation: when it was written, on which connections
 * it went out, and how it was read. Nothing here holds what a notification says.
 */
import { Priority, Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf, Page, PersonRef, paging } from './common.ts'
import { UserStatus } from './people.ts'

/** `settled`: what it asked for has been decided. */
export const TRACED_STATES = ['unread', 'read', 'settled', 'deleted'] as const
export type TracedState = (typeof TRACED_STATES)[number]

/** `GET /api/system/notifications` */
export const TracedQuery = Type.Object({
  user_id: Type.String({ format: 'uuid', description: 'Whose notifications' }),
  until: Type.Optional(
    Type.String({ format: 'date-time', description: 'Only what was written up to this moment' }),
  ),
  ...paging(20),
})
export type TracedQuery = Static<typeof TracedQuery>

export const TracedNotification = Type.Object({
  id: Id,
  type: Type.String(),
  priority: Priority,
  needs_action: Type.Boolean(),
  created_at: Timestamp,
  state: OneOf(TRACED_STATES),
})
export type TracedNotification = Static<typeof TracedNotification>

/** Newest first; with those that were deleted lately. */
export const TracedPage = Page(TracedNotification)
export type TracedPage = Static<typeof TracedPage>

/** `GET /api/system/people/{id}/reach`: whether news reaches a person, and what they do not want. */
export const PersonReach = Type.Object({
  ...PersonRef.properties,
  status: UserStatus,
  connections: Type.Integer({ description: 'Open now' }),
  last_connected_at: Nullable(Timestamp),
  known_since: Type.String({ format: 'date-time', description: 'Connections before this are forgotten' }),
  unwanted_types: Type.Array(Type.String(), {
    description: 'Types they turned off: nothing is written then',
  }),
  muted: Type.Array(
    Type.Object({ object: Type.Object({ type: Type.String(), id: Type.String() }), muted_at: Timestamp }),
    { description: 'Things they muted: nothing is written of them but what they are asked to decide' },
  ),
})
export type PersonReach = Static<typeof PersonReach>

/**
 * `live`: handed to the socket when it was published. `replayed`: handed to it when it came back. `fetched`: the client
 * had it from the list when it connected, or was told to fetch the list. `missed`: the connection ended without it.
 * `not_yet`: open, and not handed it so far. `unknown`: what was sent last is not known.
 */
export const TRACE_OUTCOMES = ['live', 'replayed', 'fetched', 'missed', 'not_yet', 'unknown'] as const

/** `lost`: its server ended without a word, so it ended too. */
const CONNECTION_STATES = ['open', 'closed', 'lost'] as const

export const TracedConnection = Type.Object({
  id: Type.String({ description: 'As the log of its server names it' }),
  server: Type.String({ description: 'Host and port' }),
  device: Nullable(
    Type.String({
      description: 'What the client calls itself; null: its sign-in has ended and is forgotten',
    }),
  ),
  state: OneOf(CONNECTION_STATES),
  opened_at: Timestamp,
  closed_at: Nullable(Timestamp),
  code: Nullable(Type.Integer({ description: 'Close code; 1006: it broke' })),
  heard_at: Type.String({ format: 'date-time', description: 'When anything came from the client last' }),
  outcome: OneOf(TRACE_OUTCOMES),
  handed_at: Nullable(
    Type.String({ format: 'date-time', description: 'About when; null: it was not handed the notification' }),
  ),
  answered: Type.Boolean({ description: 'It was handed the notification, and heard of after that' }),
})
export type TracedConnection = Static<typeof TracedConnection>

/**
 * `sent`: a client that answers has it. `fetched`: a client fetched it with the list. `unanswered`: it was handed to
 * connections of which nothing was heard since. `waiting`: a connection is open and not handed it yet. `offline`: nobody
 * was connected since. `unknown`: connections of that time are not known.
 */
export const TRACE_VERDICTS = ['sent', 'fetched', 'unanswered', 'waiting', 'offline', 'unknown'] as const
export type TraceVerdict = (typeof TRACE_VERDICTS)[number]

/** `itself`: this one. `all`: with others, by marking all. `decision`: because what it asked for was decided. */
export const READ_WAYS = ['itself', 'all', 'decision'] as const

/** `GET /api/system/notifications/{id}/trace` */
export const NotificationTrace = Type.Object({
  ...TracedNotification.properties,
  version: Type.Integer({ description: 'Of the inbox, when it was written' }),
  recipient: Type.Object({ ...PersonRef.properties, status: UserStatus }),
  actor: Nullable(Type.Object({ id: Nullable(Id), name: Type.String() })),
  object: Nullable(Type.Object({ type: Type.String(), id: Type.String() })),
  verdict: OneOf(TRACE_VERDICTS),
  connections: Type.Array(TracedConnection, { description: 'Of its recipient, from then on: the first 20' }),
  last_connected_at: Nullable(Timestamp),
  known_since: Type.String({ format: 'date-time', description: 'Connections before this are forgotten' }),
  unrecorded: Type.Integer({
    description: 'Connections of anybody that servers had no time to write down, in the last day',
  }),
  read: Nullable(Type.Object({ at: Timestamp, way: OneOf(READ_WAYS) })),
  settled: Nullable(Type.Object({ at: Timestamp, by_name: Nullable(Type.String()) })),
  deleted_at: Nullable(Timestamp),
})
export type NotificationTrace = Static<typeof NotificationTrace>
