/** Shapes of the notification REST API: parameters, answers, problems. */
import Type, { type Static } from 'typebox'
import { InboxItem } from './notification.ts'

/** RFC 9457 problem details: every answer with a status of 400 or above. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String({ description: 'Stable, for programs' }),
  errors: Type.Optional(
    Type.Array(Type.Object({ field: Type.String(), message: Type.String() }), {
      description: 'Which field, and why',
    }),
  ),
  current_status: Type.Optional(Type.String({ description: 'With 409: the state the thing is in' })),
})
export type Problem = Static<typeof Problem>

/** `GET /api/notifications` */
export const NotificationPage = Type.Object({
  notifications: Type.Array(InboxItem),
  total: Type.Integer({ description: 'How many the filters select' }),
  unread_count: Type.Integer({ description: 'Of the whole inbox, whatever the filters' }),
  page: Type.Integer(),
  per_page: Type.Integer(),
  next_cursor: Type.Union([Type.String(), Type.Null()]),
  version: Type.Integer({ description: 'Inbox version this page was read at' }),
  epoch: Type.String({ description: 'Id of the database that the version is of' }),
})
export type NotificationPage = Static<typeof NotificationPage>

/** `GET /api/notifications/stats` */
export const NotificationStats = Type.Object({
  total_count: Type.Integer(),
  unread_count: Type.Integer(),
  by_type: Type.Record(Type.String(), Type.Integer()),
  by_priority: Type.Record(Type.String(), Type.Integer()),
})
export type NotificationStats = Static<typeof NotificationStats>

/** `GET /api/notifications/connection-stats` */
export const ConnectionStats = Type.Object({
  active_users: Type.Integer(),
  total_connections: Type.Integer(),
  user_online: Type.Boolean(),
})
export type ConnectionStats = Static<typeof ConnectionStats>

/** Answer of a call that has nothing to show but a sentence. */
export const Message = Type.Object({ message: Type.String() })
export type Message = Static<typeof Message>

/** Answer of `POST /api/notifications/bulk`. */
export const BulkResult = Type.Object({
  changed: Type.Integer(),
  not_found: Type.Array(Type.String(), { description: 'Ids of what is not there, or not yours' }),
})
export type BulkResult = Static<typeof BulkResult>

/** Answer of `POST /api/notifications/ws-ticket`: good once, as `?ticket=` of the socket. */
export const Ticket = Type.Object({
  ticket: Type.String(),
  expires_in: Type.Integer({ description: 'Seconds' }),
})
export type Ticket = Static<typeof Ticket>
