/** The inbox with what each feature shows in it. The one place where they meet. */
import { lazy } from 'react'
import { InboxPage } from '../features/notifications/inbox-page.tsx'
import type { Things } from '../features/notifications/things.ts'

const THINGS: Things = {
  announcement: lazy(async () => ({
    default: (await import('../features/announcements/announcement-in-inbox.tsx')).AnnouncementInInbox,
  })),
  goal: lazy(async () => ({ default: (await import('../features/goals/goal-in-inbox.tsx')).GoalInInbox })),
}

export const InboxWithThings = () => <InboxPage things={THINGS} />
