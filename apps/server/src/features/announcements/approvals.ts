/** Announcements that ask to be acknowledged, for the list of all that awaits somebody. */
import type { ApprovalSource } from '../../approval-source.ts'
import type { AcknowledgeAnnouncement } from './actions/acknowledging.ts'
import { waitingAnnouncements } from './queries.ts'

export function announcementApprovals(acknowledge: AcknowledgeAnnouncement): ApprovalSource {
  return {
    async awaiting(db, caller) {
      const me = { id: caller.id, name: caller.name }
      const announcements = await waitingAnnouncements(db, caller)
      return announcements.map(announcement => ({
        kind: 'announcement_acknowledgement',
        id: announcement.id,
        object_id: announcement.id,
        title: announcement.title,
        detail: 'Announcement',
        requested_by: announcement.published_by,
        subject: me,
        waiting_since: announcement.published_at ?? announcement.updated_at,
        waiting_on: [me],
        due_on: null,
        action_url: `/announcements/${announcement.id}`,
        decisions: ['acknowledge'],
        revision: null,
      }))
    },
    // Nobody waits for one answer to an announcement: its own page tells of all of them.
    sent: async () => [],
    decide: {
      async announcement_acknowledgement(caller, id) {
        await acknowledge(caller, id)
        return 'ACKNOWLEDGED'
      },
    },
  }
}
