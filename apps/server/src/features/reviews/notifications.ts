/** The four types of notification of reviews, one definition for each text. The sentences are part of the public contract. */
import type { ReviewKind } from '@pms/contract'
import { type Actor, defineNotification } from '@pms/notifier'
import Type, { type Static } from 'typebox'

const Review = Type.Object({ review_id: Type.String(), cycle_id: Type.String() })

const page = ({ data }: { data: Static<typeof Review> }) => `/reviews/${data.review_id}`

/** Instead of the name of a peer, who stays unnamed. It is nobody's id: whoever wrote is left out of `to` by hand. */
export const A_PEER: Actor = { id: '', name: 'A peer' }

interface Words {
  kind: ReviewKind
  /** Who is reviewed. */
  name: string
  /** In words: 31 March 2027. */
  due: string
}

export const reviewAssigned = defineNotification<Words>()({
  type: 'review_assigned',
  priority: 'high',
  needsAction: true,
  about: {
    raisedBy: 'A review cycle is activated, or a review is reopened or given to somebody else',
    recipients: 'Who is to write the review',
  },
  data: Review,
  title: () => 'Review Assigned',
  message: ({ words }) => `You have been assigned a ${words.kind} review of ${words.name}, due ${words.due}.`,
  actionUrl: page,
})

const dueSoon = {
  type: 'review_due_soon',
  needsAction: true,
  data: Review,
  title: () => 'Review Due Soon',
  message: ({ words }: { words: Words }) => `Your review of ${words.name} is due on ${words.due}.`,
  actionUrl: page,
}

export const reviewDueSoon = defineNotification<Words>()({
  ...dueSoon,
  priority: 'medium',
  about: {
    raisedBy: 'A review is not submitted three days before its deadline',
    recipients: 'Who is to write the review',
  },
})

export const reviewDueTomorrow = defineNotification<Words>()({
  ...dueSoon,
  priority: 'high',
  about: {
    raisedBy: 'A review is not submitted one day before its deadline',
    recipients: 'Who is to write the review',
  },
})

export const reviewOverdue = defineNotification<Words>()({
  type: 'review_overdue',
  priority: 'urgent',
  needsAction: true,
  about: {
    raisedBy: 'The deadline of a review has passed',
    recipients: 'Who is to write the review',
  },
  data: Review,
  title: () => 'Review Overdue',
  message: ({ words }) => `Your review of ${words.name} was due on ${words.due}.`,
  actionUrl: page,
})

export const reviewOverdueToSupervisor = defineNotification<Words & { reviewer: string }>()({
  type: 'review_overdue',
  priority: 'high',
  needsAction: true,
  about: {
    raisedBy: 'A review is not submitted three days after its deadline',
    recipients: 'Whoever decides about the work of who is to write it; never who is reviewed',
  },
  data: Review,
  title: () => 'Review Overdue',
  message: ({ words }) => `${words.reviewer}'s ${words.kind} review was due on ${words.due}.`,
  actionUrl: page,
})

const submitted = {
  type: 'review_submitted',
  priority: 'medium',
  data: Review,
  title: () => 'Review Submitted',
  actionUrl: page,
} as const

export const selfReviewSubmitted = defineNotification<Words>()({
  ...submitted,
  about: { raisedBy: 'A self review is submitted', recipients: 'Who writes the supervisor review' },
  message: ({ actor, words }) => `${actor} has submitted a self review of ${words.name}.`,
})

export const peerReviewSubmitted = defineNotification<Words>()({
  ...submitted,
  about: {
    raisedBy: 'A peer review is submitted; its writer stays unnamed',
    recipients: 'Who writes the supervisor review',
  },
  message: ({ actor, words }) => `${actor} has submitted a peer review of ${words.name}.`,
})

export const supervisorReviewSubmitted = defineNotification<Words>()({
  ...submitted,
  about: { raisedBy: 'A supervisor review is submitted', recipients: 'Who is reviewed' },
  message: ({ actor }) => `${actor} has submitted the supervisor review of you.`,
})

export const reviewNotifications = [
  reviewAssigned,
  reviewDueSoon,
  reviewDueTomorrow,
  reviewOverdue,
  reviewOverdueToSupervisor,
  selfReviewSubmitted,
  peerReviewSubmitted,
  supervisorReviewSubmitted,
]
