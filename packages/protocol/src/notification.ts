/** The notification as it travels. One shape for REST, socket and client: the guide's ten fields, then ours. */
import Type, { type Static } from 'typebox'

/** From least to most pressing. */
export const PRIORITIES = ['low', 'medium', 'high', 'urgent'] as const
export const Priority = Type.Enum(PRIORITIES)
export type Priority = (typeof PRIORITIES)[number]

/** ISO 8601, UTC, ending in `Z`. */
export const Timestamp = Type.String({ format: 'date-time' })

/** What the guide promises of a notification, and nothing else: the whole of it that a plain client is sent. */
export const Notification = Type.Object({
  id: Type.String({ format: 'uuid' }),
  type: Type.String({ description: 'What happened, for instance document_shared' }),
  priority: Priority,
  title: Type.String(),
  message: Type.String(),
  action_url: Type.Union([Type.String(), Type.Null()], { description: 'Path of the page to open' }),
  data: Type.Record(Type.String(), Type.Unknown(), { description: 'Ids and reasons that the type is about' }),
  triggered_by_name: Type.Union([Type.String(), Type.Null()]),
  created_at: Timestamp,
  is_read: Type.Boolean(),
})
export type Notification = Static<typeof Notification>

/** A notification as a row of an inbox: also its place in the order and what has become of it. */
export const InboxItem = Type.Object({
  ...Notification.properties,
  seq: Type.Integer({
    minimum: 1,
    description: 'Place in the inbox; newest first is highest first. Never changes',
  }),
  needs_action: Type.Boolean({ description: 'It asks its reader to decide something' }),
  resolved_at: Type.Union([Timestamp, Type.Null()], { description: 'When what it asked for was dealt with' }),
  resolved_by_name: Type.Union([Type.String(), Type.Null()]),
  object: Type.Union([Type.Object({ type: Type.String(), id: Type.String() }), Type.Null()], {
    description: 'The thing it is about',
  }),
})
export type InboxItem = Static<typeof InboxItem>
