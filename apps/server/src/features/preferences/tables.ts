/** What people do not want, and what they muted. Who has no row wants everything. */

export interface PreferenceTables {
  notification_preferences: NotificationPreferenceTable
  muted_things: MutedThingTable
}

export interface NotificationPreferenceTable {
  user_id: string
  type: string
  /** 1 or 0, as the others. */
  in_app: number
  sound: number
  desktop: number
}

export interface MutedThingTable {
  user_id: string
  /** As notifications name what they are about. */
  object_type: string
  object_id: string
  /** Of the notification by which it was muted, which may be gone by now. */
  message: string
  action_url: string | null
  muted_at: string
}
