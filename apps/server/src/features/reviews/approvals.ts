/** Reviews that await the caller's pen, for the list of all that awaits somebody. */
import type { ReviewKind } from '@pms/contract'
import type { ApprovalSource } from '../../approval-source.ts'
import type { Caller } from '../../auth/caller.ts'
import type { Day } from '../../calendar.ts'
import type { Organisation } from '../../organisation.ts'
import { reviewsToWrite } from './queries.ts'

const KINDS: Record<ReviewKind, string> = {
  self: 'Self review',
  supervisor: 'Supervisor review',
  peer: 'Peer review',
}

export function reviewApprovals(people: Organisation, today: () => Day): ApprovalSource {
  return {
    async awaiting(db, caller) {
      const reviews = await reviewsToWrite({ db, people, caller, today: today() })
      return reviews.map(review => ({
        kind: 'review',
        id: review.id,
        object_id: review.id,
        title: `${KINDS[review.kind]} of ${review.reviewee_name}`,
        detail: review.cycle_name,
        requested_by: null,
        subject: { id: review.reviewee_id, name: review.reviewee_name },
        waiting_since: review.asked_at,
        waiting_on: [refOf(caller)],
        due_on: review.due_on,
        action_url: `/reviews/${review.id}`,
        decisions: [],
        revision: null,
      }))
    },
    // Whoever began a cycle waits for all of it: its own page shows how far that is. And nobody is shown what others
    // have yet to write about them.
    sent: async () => [],
    decide: {},
  }
}

const refOf = ({ id, name }: Caller) => ({ id, name })
