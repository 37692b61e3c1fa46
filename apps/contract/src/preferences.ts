/** What people want to hear of, and how. */
import { Priority, Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf } from './common.ts'

const channels = {
  in_app: Type.Boolean({ description: 'Whether it comes to the inbox at all' }),
  sound: Type.Boolean({ description: 'Whether it is heard, where sounds are on' }),
  desktop: Type.Boolean({ description: 'Whether the desktop shows it, where that is on' }),
}

/** How somebody hears of one type. */
export const NotificationChannels = Type.Object(channels)
export type NotificationChannels = Static<typeof NotificationChannels>

/** Why a notification comes: one for each text that its type has. */
export const NotificationReason = Type.Object({
  raised_by: Type.String({ description: 'What happened' }),
  recipients: Type.String({ description: 'Who is told' }),
  priority: Priority,
  needs_action: Type.Boolean(),
})
export type NotificationReason = Static<typeof NotificationReason>

/** A type, with what the caller wants of it. */
export const NotificationPreference = Type.Object({
  type: Type.String(),
  ...channels,
  needs_action: OneOf(['always', 'sometimes', 'never'], {
    description:
      'Whether it asks its reader for something. What does so comes to the inbox whatever `in_app` says; always: `in_app` cannot be false',
  }),
  raised_by: OneOf(['product', 'other_system']),
  reasons: Type.Array(NotificationReason),
})
export type NotificationPreference = Static<typeof NotificationPreference>

/** A thing about which the caller wants to hear no more, but what asks for something. */
export const MutedThing = Type.Object({
  type: Type.String(),
  id: Type.String(),
  message: Type.String({ description: 'Of the notification by which it was muted' }),
  action_url: Nullable(Type.String()),
  muted_at: Timestamp,
})
export type MutedThing = Static<typeof MutedThing>

/** `GET /api/preferences/notifications` */
export const NotificationPreferences = Type.Object({
  types: Type.Array(NotificationPreference),
  muted_things: Type.Array(MutedThing, { description: 'Newest first' }),
})
export type NotificationPreferences = Static<typeof NotificationPreferences>

/** `PUT /api/preferences/notifications`: by type; what is left out stays as it is. */
export const SetPreferencesBody = Type.Record(Type.String(), Type.Partial(NotificationChannels), {
  minProperties: 1,
  maxProperties: 200,
})
export type SetPreferencesBody = Static<typeof SetPreferencesBody>

/** `PUT /api/preferences/muted-things`: the thing that this notification of the caller is about. */
export const MuteThingBody = Type.Object({ notification_id: Id })
export type MuteThingBody = Static<typeof MuteThingBody>
