/** The inbox with what each feature shows in it. The one place where they meet. */
import type { InboxItem } from '@pms/protocol'
import { lazy } from 'react'
import { InboxPage } from '../features/notifications/inbox-page.tsx'
import type { Things } from '../features/notifications/things.ts'
import { TYPES } from '../features/notifications/types.ts'
import { WhyThis } from '../features/settings/why-this.tsx'

const THINGS: Things = {
  announcement: lazy(async () => ({
    default: (await import('../features/announcements/announcement-in-inbox.tsx')).AnnouncementInInbox,
  })),
  goal: lazy(async () => ({ default: (await import('../features/goals/goal-in-inbox.tsx')).GoalInInbox })),
}

const why = (item: InboxItem) => <WhyThis key={item.id} item={item} labels={TYPES} />

export const InboxWithThings = () => <InboxPage things={THINGS} why={why} />
