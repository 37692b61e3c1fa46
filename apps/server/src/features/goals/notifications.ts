/** The six notifications of goals. Their sentences are part of the public contract. */
import { defineNotification } from '@pms/notifier'
import Type from 'typebox'

const Goal = Type.Object({ goal_id: Type.String() })
const GoalWithReason = Type.Object({ goal_id: Type.String(), reason: Type.String() })

/** The goal's title as it was then. */
interface Words {
  title: string
}

export const goalCreated = defineNotification<Words>()({
  type: 'goal_created',
  priority: 'high',
  needsAction: true,
  about: {
    raisedBy: 'A goal is sent for approval, at first or again; or who decides about it becomes somebody else',
    recipients: 'Whoever decides about its owner’s work',
  },
  data: Goal,
  title: () => 'New Goal Awaiting Approval',
  message: ({ actor, words }) =>
    `${actor} has created a new goal '${words.title}' that requires your approval.`,
  actionUrl: ({ data }) => `/goals/${data.goal_id}`,
})

export const goalAssigned = defineNotification<Words>()({
  type: 'goal_assigned',
  priority: 'high',
  needsAction: true,
  about: {
    raisedBy: 'A goal is assigned to one person or several, or sent again after it was declined',
    recipients: 'Who is to take it on',
  },
  data: Goal,
  title: () => 'New Goal Assigned to You',
  message: ({ actor, words }) =>
    `${actor} has assigned you a new goal: '${words.title}'. Please review and accept or decline.`,
  actionUrl: ({ data }) => `/goals/${data.goal_id}/respond`,
})

export const goalApproved = defineNotification<Words>()({
  type: 'goal_approved',
  priority: 'medium',
  about: {
    raisedBy: 'A goal is approved',
    recipients: 'Its owner',
  },
  data: Goal,
  title: () => 'Goal Approved',
  message: ({ actor, words }) => `${actor} has approved your goal '${words.title}'.`,
  actionUrl: ({ data }) => `/goals/${data.goal_id}`,
})

export const goalRejected = defineNotification<Words>()({
  type: 'goal_rejected',
  priority: 'high',
  about: {
    raisedBy: 'A goal is rejected',
    recipients: 'Its owner',
  },
  data: GoalWithReason,
  title: () => 'Goal Rejected',
  message: ({ actor, data, words }) =>
    `${actor} has rejected your goal '${words.title}'. Reason: ${data.reason}`,
  actionUrl: ({ data }) => `/goals/${data.goal_id}`,
})

export const goalAccepted = defineNotification<Words>()({
  type: 'goal_accepted',
  priority: 'medium',
  about: {
    raisedBy: 'An assigned goal is accepted',
    recipients: 'Who assigned it',
  },
  data: Goal,
  title: () => 'Goal Accepted',
  message: ({ actor, words }) => `${actor} has accepted the goal '${words.title}'.`,
  actionUrl: ({ data }) => `/goals/${data.goal_id}`,
})

export const goalDeclined = defineNotification<Words>()({
  type: 'goal_declined',
  priority: 'high',
  about: {
    raisedBy: 'An assigned goal is declined',
    recipients: 'Who assigned it',
  },
  data: GoalWithReason,
  title: () => 'Goal Declined',
  message: ({ actor, data, words }) =>
    `${actor} has declined the goal '${words.title}'. Reason: ${data.reason}`,
  actionUrl: ({ data }) => `/goals/${data.goal_id}`,
})

export const goalNotifications = [
  goalCreated,
  goalAssigned,
  goalApproved,
  goalRejected,
  goalAccepted,
  goalDeclined,
]
