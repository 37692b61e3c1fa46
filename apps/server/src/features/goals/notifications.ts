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
  data: Goal,
  title: () => 'New Goal Assigned to You',
  message: ({ actor, words }) =>
    `${actor} has assigned you a new goal: '${words.title}'. Please review and accept or decline.`,
  actionUrl: ({ data }) => `/goals/${data.goal_id}/respond`,
})

export const goalApproved = defineNotification<Words>()({
  type: 'goal_approved',
  priority: 'medium',
  data: Goal,
  title: () => 'Goal Approved',
  message: ({ actor, words }) => `${actor} has approved your goal '${words.title}'.`,
  actionUrl: ({ data }) => `/goals/${data.goal_id}`,
})

export const goalRejected = defineNotification<Words>()({
  type: 'goal_rejected',
  priority: 'high',
  data: GoalWithReason,
  title: () => 'Goal Rejected',
  message: ({ actor, data, words }) =>
    `${actor} has rejected your goal '${words.title}'. Reason: ${data.reason}`,
  actionUrl: ({ data }) => `/goals/${data.goal_id}`,
})

export const goalAccepted = defineNotification<Words>()({
  type: 'goal_accepted',
  priority: 'medium',
  data: Goal,
  title: () => 'Goal Accepted',
  message: ({ actor, words }) => `${actor} has accepted the goal '${words.title}'.`,
  actionUrl: ({ data }) => `/goals/${data.goal_id}`,
})

export const goalDeclined = defineNotification<Words>()({
  type: 'goal_declined',
  priority: 'high',
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
