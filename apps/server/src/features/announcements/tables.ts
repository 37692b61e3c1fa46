/** Tables of announcements and whom they were published to. */
import type { AnnouncementStatus, Audience, Role } from '@pms/contract'
import type { Priority } from '@pms/protocol'

export interface AnnouncementTables {
  announcements: AnnouncementTable
  announcement_recipients: AnnouncementRecipientTable
}

export interface AnnouncementTable {
  id: string
  title: string
  body: string
  priority: Priority
  status: AnnouncementStatus
  audience: Audience
  unit_id: string | null
  role: Role | null
  /** 1 where its readers are asked to acknowledge it. */
  requires_acknowledgement: number
  author_id: string
  published_by_id: string | null
  published_at: string | null
  recipient_count: number
  /** How many of the recipients have it in their inbox: those up to `delivered_through`, in the order of their ids. */
  delivered_count: number
  delivered_through: string
  /** null: not published, or on its way. */
  delivered_at: string | null
  acknowledged_count: number
  created_at: string
  updated_at: string
}

/** Somebody in the audience as it was at the moment of publication; whoever joins it later is none. */
export interface AnnouncementRecipientTable {
  announcement_id: string
  user_id: string
  acknowledged_at: string | null
}
