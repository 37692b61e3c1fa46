/** The notification of announcements. Its title, message and priority are chosen by who publishes. */
import { defineNotification, type NotificationDefinition } from '@pms/notifier'
import { PRIORITIES, type Priority } from '@pms/protocol'
import Type from 'typebox'

const Announcement = Type.Object({ announcement_id: Type.String() })

/** As written. */
interface Words {
  title: string
  body: string
}

type Definition = NotificationDefinition<typeof Announcement, Words>

const define = (priority: Priority, needsAction: boolean): Definition =>
  defineNotification<Words>()({
    type: 'system_announcement',
    priority,
    needsAction,
    about: {
      raisedBy: needsAction
        ? 'An announcement is published that asks to be acknowledged'
        : 'An announcement is published',
      recipients: 'Everybody it is for, but who wrote and who published it',
    },
    data: Announcement,
    title: ({ words }) => words.title,
    message: ({ words }) => words.body,
    actionUrl: ({ data }) => `/announcements/${data.announcement_id}`,
  })

const ofEachPriority = (needsAction: boolean) =>
  Object.fromEntries(PRIORITIES.map(priority => [priority, define(priority, needsAction)])) as Record<
    Priority,
    Definition
  >

/** For those that only tell. */
export const announcementTold = ofEachPriority(false)

/** For those that ask to be acknowledged. */
export const announcementAsking = ofEachPriority(true)

export const announcementNotifications = [
  ...Object.values(announcementTold),
  ...Object.values(announcementAsking),
]
