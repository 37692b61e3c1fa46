/** What the organisation tells its people over a year, and who confirms to have read it. */
import { DEMO_PEOPLE, isAway, unitLine } from '../organisation.ts'
import { ANNOUNCEMENTS, type AnnouncementText } from '../texts/announcements.ts'
import { DAY, HOUR, hoursAgo, type Present, randomNumbers, workingTime } from '../times.ts'

export type AnnouncementStep = ({ verb: 'draft' | 'publish' } & AnnouncementText) | { verb: 'acknowledge' }

export interface AnnouncementEvent {
  about: 'announcement'
  at: Date
  /** Account of who does it. */
  who: string
  /** Which of the story's announcements it is. */
  announcement: string
  step: AnnouncementStep
}

/** These have not confirmed yet what is new: there it can be tried. */
const SLOW = ['john.doe', 'jane.smith', 'hr', 'admin']
const PROMPT = ['mary.okafor']

export function tellAnnouncements(present: Present): AnnouncementEvent[] {
  const random = randomNumbers(2_718_281)
  return ANNOUNCEMENTS.flatMap(({ hoursAgo: hours, who, isDraft = false, ...text }, index) => {
    const isNew = hours < 200
    const told = { about: 'announcement', announcement: `announcement ${index}` } as const
    const published = hoursAgo(present, hours)
    const at = isNew ? published : workingTime(published.getTime())
    const events: AnnouncementEvent[] = [
      { ...told, at, who, step: { verb: isDraft ? 'draft' : 'publish', ...text } },
    ]
    if (!text.requires_acknowledgement || isDraft) return events
    for (const { account, unit } of DEMO_PEOPLE) {
      if (account === who || (text.unit && !unitLine(unit).includes(text.unit))) continue
      const [luck, wait] = [random(), random()]
      const isDone = isNew ? !SLOW.includes(account) && luck < 0.55 : luck < 0.95
      if (!isDone && !PROMPT.includes(account)) continue
      const moment = isNew
        ? new Date(at.getTime() + wait * (present.now.getTime() - at.getTime()))
        : new Date(Math.max(at.getTime() + HOUR, workingTime(at.getTime() + wait * 6 * DAY).getTime()))
      if (isAway(account, moment, present)) continue
      events.push({ ...told, at: moment, who: account, step: { verb: 'acknowledge' } })
    }
    return events
  })
}
