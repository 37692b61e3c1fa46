/** The inbox with what each feature shows in it. The one place where they meet. */

import type { InboxItem } from '@pms/protocol'
import { lazy } from 'react'
import { fetched } from '../api/chunk.ts'
import { InboxPage } from '../features/notifications/inbox-page.tsx'
import type { Things } from '../features/notifications/things.ts'
import { TYPES } from '../features/notifications/types.ts'
import { WhyThis } from '../features/settings/why-this.tsx'
import { openKeyHelp } from './help.ts'

const ofInitiatives = () => fetched(() => import('../features/initiatives/initiative-in-inbox.tsx'))

const THINGS: Things = {
  announcement: lazy(async () => ({
    default: (await fetched(() => import('../features/announcements/announcement-in-inbox.tsx')))
      .AnnouncementInInbox,
  })),
  goal: lazy(async () => ({
    default: (await fetched(() => import('../features/goals/goal-in-inbox.tsx'))).GoalInInbox,
  })),
  initiative: lazy(async () => ({ default: (await ofInitiatives()).InitiativeInInbox })),
  initiative_extension: lazy(async () => ({ default: (await ofInitiatives()).ExtensionInInbox })),
  review: lazy(async () => ({
    default: (await fetched(() => import('../features/reviews/review-in-inbox.tsx'))).ReviewInInbox,
  })),
  user: lazy(async () => ({
    default: (await fetched(() => import('../features/people/person-in-inbox.tsx'))).PersonInInbox,
  })),
}

const why = (item: InboxItem) => <WhyThis key={item.id} item={item} labels={TYPES} />

export const InboxWithThings = () => <InboxPage things={THINGS} why={why} onHelp={openKeyHelp} />
