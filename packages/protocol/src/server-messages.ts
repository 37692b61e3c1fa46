/**
 * What a server says on the socket. The union at the end is the table of contents.
 *
 * Messages that tell of an inbox change carry the `version` the inbox reached by it and the absolute
 * `unread_count` at that version. The others carry neither.
 */
import Type, { type Static, type TProperties } from 'typebox'
import { InboxItem, Notification, Timestamp } from './notification.ts'

const Version = Type.Integer({ minimum: 0, description: 'Inbox version: one more with every change' })
const UnreadCount = Type.Integer({ minimum: 0 })

const change = <P extends TProperties>(properties: P) =>
  Type.Object({ ...properties, version: Version, unread_count: UnreadCount })

/** First message of every socket. */
export const ConnectionEstablished = change({
  type: Type.Literal('connection_established'),
  message: Type.Literal('Connected to notification service'),
  user_id: Type.String(),
  epoch: Type.String({ description: 'Id of the database; versions of another epoch mean nothing here' }),
})

/** Something new. A client that asked for sync gets the whole inbox item, a plain one the guide's ten fields. */
export const NewNotification = change({
  type: Type.Literal('new_notification'),
  notification: Type.Union([InboxItem, Notification]),
})

/**
 * Read, on any tab or device. As the answer to a `mark_read` of something already read it goes to the asking
 * socket alone and carries neither version nor count, because nothing changed.
 */
export const MarkedRead = Type.Object({
  type: Type.Literal('marked_read'),
  notification_id: Type.String(),
  version: Type.Optional(Version),
  unread_count: Type.Optional(UnreadCount),
})

/** Everything up to `through_seq` is read. */
export const AllMarkedRead = change({
  type: Type.Literal('all_marked_read'),
  through_seq: Type.Integer({ minimum: 0 }),
  count: Type.Integer({ minimum: 0 }),
})

/** Unread again, resolved or restored: the item as it is now. */
export const NotificationUpdated = change({
  type: Type.Literal('notification_updated'),
  notification: InboxItem,
})

export const NotificationDeleted = change({
  type: Type.Literal('notification_deleted'),
  notification_id: Type.String(),
})

/** The present state of every row changed after `from`, each once; the client is at `version` after it. */
export const Sync = Type.Object({
  type: Type.Literal('sync'),
  from: Version,
  version: Version,
  unread_count: UnreadCount,
  total_count: Type.Integer({ minimum: 0 }),
  notifications: Type.Array(InboxItem),
  deleted: Type.Array(Type.String()),
  more: Type.Boolean(),
})

export const SYNC_RESET_REASONS = [
  'epoch_changed',
  'version_unknown',
  'history_removed',
  'too_far_behind',
] as const

/** What the client holds cannot be brought up to date: fetch afresh by REST, drop live changes up to that. */
export const SyncReset = Type.Object({
  type: Type.Literal('sync_reset'),
  version: Version,
  reason: Type.Enum(SYNC_RESET_REASONS),
})

/** As `resource` and `id` of `resource_changed`: nobody knows what changed, so whatever a page shows is fetched again. */
export const EVERYTHING = '*'

/** Something the person takes part in changed: pages that show it fetch it again. Has no place in the order. */
export const ResourceChanged = Type.Object({
  type: Type.Literal('resource_changed'),
  resource: Type.String(),
  id: Type.String(),
})

/** Answer to `auth`: the socket lives as long as the new token. */
export const AuthRefreshed = Type.Object({
  type: Type.Literal('auth_refreshed'),
  expires_at: Timestamp,
})

/** The server is about to stop. Each client is told another delay, so that they do not all come back at once. */
export const ServerDraining = Type.Object({
  type: Type.Literal('server_draining'),
  retry_after_ms: Type.Integer({ minimum: 0 }),
})

/** A command could not be done; the socket stays open. */
export const ErrorMessage = Type.Object({
  type: Type.Literal('error'),
  code: Type.String(),
  message: Type.String(),
  request: Type.String({ description: 'The command as it came, cut short where it is long' }),
})

/** Everything in JSON; besides it the server answers `ping` with the bare text `pong`. */
export const ServerMessage = Type.Union([
  ConnectionEstablished,
  NewNotification,
  MarkedRead,
  AllMarkedRead,
  NotificationUpdated,
  NotificationDeleted,
  Sync,
  SyncReset,
  ResourceChanged,
  AuthRefreshed,
  ServerDraining,
  ErrorMessage,
])

export type ConnectionEstablished = Static<typeof ConnectionEstablished>
export type NewNotification = Static<typeof NewNotification>
export type MarkedRead = Static<typeof MarkedRead>
export type AllMarkedRead = Static<typeof AllMarkedRead>
export type NotificationUpdated = Static<typeof NotificationUpdated>
export type NotificationDeleted = Static<typeof NotificationDeleted>
export type Sync = Static<typeof Sync>
export type SyncReset = Static<typeof SyncReset>
export type SyncResetReason = (typeof SYNC_RESET_REASONS)[number]
export type ResourceChanged = Static<typeof ResourceChanged>
export type AuthRefreshed = Static<typeof AuthRefreshed>
export type ServerDraining = Static<typeof ServerDraining>
export type ErrorMessage = Static<typeof ErrorMessage>
export type ServerMessage = Static<typeof ServerMessage>
