/** Which reminders of a review are due on a day. Days are the organisation's. */
import { addDays, type Day } from '../../calendar.ts'

/** The reminders in their order: each number is how many of them were due by then. */
export const REMINDER = { soon: 1, tomorrow: 2, overdue: 3, escalated: 4 } as const

const SOON_DAYS = 3
const TOMORROW_DAYS = 1
const ESCALATION_DAYS = 3

/** How many of the four reminders are due on a day. */
export function remindersDue(dueOn: Day, today: Day): number {
  if (today >= addDays(dueOn, ESCALATION_DAYS)) return REMINDER.escalated
  if (today > dueOn) return REMINDER.overdue
  if (today >= addDays(dueOn, -TOMORROW_DAYS)) return REMINDER.tomorrow
  if (today >= addDays(dueOn, -SOON_DAYS)) return REMINDER.soon
  return 0
}

/** The latest days on which a review can be due for each of the reminders, to look for those that lack one. */
export function lastDueDays(today: Day): readonly (readonly [reminder: number, lastDueOn: Day])[] {
  return [
    [REMINDER.soon, addDays(today, SOON_DAYS)],
    [REMINDER.tomorrow, addDays(today, TOMORROW_DAYS)],
    [REMINDER.overdue, addDays(today, -1)],
    [REMINDER.escalated, addDays(today, -ESCALATION_DAYS)],
  ]
}

/** What a review starts with when its reviewer is asked: nobody is reminded of a day that had passed before. */
export function remindersAtFirst(dueOn: Day, today: Day): number {
  return Math.min(remindersDue(dueOn, addDays(today, -1)), REMINDER.tomorrow)
}
