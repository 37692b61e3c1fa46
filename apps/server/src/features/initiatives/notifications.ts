/** The notifications of initiatives: eight types, some with several texts. Their sentences are part of the contract. */
import { defineNotification } from '@pms/notifier'
import Type from 'typebox'

const Initiative = Type.Object({ initiative_id: Type.String() })
const InitiativeWithReason = Type.Object({ initiative_id: Type.String(), reason: Type.String() })
const Extension = Type.Object({ initiative_id: Type.String(), extension_id: Type.String() })
const ExtensionWithReason = Type.Object({ ...Extension.properties, reason: Type.String() })

/** The initiative's title as it was then. */
interface Titled {
  title: string
}

/** The day is written out. */
interface Dated extends Titled {
  date: string
}

const page = ({ data }: { data: { initiative_id: string } }) => `/initiatives/${data.initiative_id}`

export const initiativeCreated = defineNotification<Titled>()({
  type: 'initiative_created',
  priority: 'high',
  needsAction: true,
  about: {
    raisedBy: 'An initiative is proposed, or proposed again',
    recipients: 'Whoever decides about its creator’s work, unless assigned to it',
  },
  data: Initiative,
  title: () => 'New Initiative Awaiting Approval',
  message: ({ actor, words }) =>
    `${actor} has created a new initiative '${words.title}' that requires your approval.`,
  actionUrl: page,
})

export const initiativeAssigned = defineNotification<Dated>()({
  type: 'initiative_assigned',
  priority: 'high',
  about: {
    raisedBy: 'An initiative is assigned or reassigned, or a group’s proposal is approved',
    recipients: 'Those to whom it is newly assigned',
  },
  data: Initiative,
  title: () => 'New Initiative Assigned to You',
  message: ({ actor, words }) =>
    `${actor} has assigned you an initiative: '${words.title}', due ${words.date}.`,
  actionUrl: page,
})

export const initiativeApproved = defineNotification<Dated>()({
  type: 'initiative_assigned',
  priority: 'high',
  about: { raisedBy: 'A proposed initiative is approved', recipients: 'Who proposed it' },
  data: Initiative,
  title: () => 'Initiative Approved',
  message: ({ actor, words }) =>
    `${actor} has approved your initiative '${words.title}', due ${words.date}. You can start.`,
  actionUrl: page,
})

export const initiativeSubmitted = defineNotification<Titled>()({
  type: 'initiative_submitted',
  priority: 'high',
  needsAction: true,
  about: {
    raisedBy: 'An initiative is submitted with its report',
    recipients: 'Whoever decides about the work of who answers for it, unless assigned to it',
  },
  data: Initiative,
  title: () => 'Initiative Submitted for Review',
  message: ({ actor, words }) => `${actor} has submitted the initiative '${words.title}' for your review.`,
  actionUrl: ({ data }) => `/initiatives/${data.initiative_id}/review`,
})

export const initiativeReviewed = defineNotification<Titled & { score: number }>()({
  type: 'initiative_reviewed',
  priority: 'medium',
  about: { raisedBy: 'A submitted initiative is reviewed', recipients: 'Its assignees' },
  data: Initiative,
  title: () => 'Initiative Reviewed',
  message: ({ actor, words }) =>
    `${actor} has reviewed your initiative '${words.title}'. Score: ${words.score}/10.`,
  actionUrl: page,
})

export const initiativeRejected = defineNotification<Titled>()({
  type: 'initiative_reviewed',
  priority: 'high',
  about: { raisedBy: 'A proposed initiative is rejected', recipients: 'Who proposed it' },
  data: InitiativeWithReason,
  title: () => 'Initiative Rejected',
  message: ({ actor, data, words }) =>
    `${actor} has rejected your initiative '${words.title}'. Reason: ${data.reason}`,
  actionUrl: page,
})

export const initiativeReturned = defineNotification<Titled & { feedback: string }>()({
  type: 'initiative_reviewed',
  priority: 'high',
  about: { raisedBy: 'A submitted initiative is returned for more work', recipients: 'Its assignees' },
  data: Initiative,
  title: () => 'Initiative Returned',
  message: ({ actor, words }) =>
    `${actor} has returned your initiative '${words.title}' for more work: ${words.feedback}`,
  actionUrl: page,
})

export const initiativeOverdue = defineNotification<Dated>()({
  type: 'initiative_overdue',
  priority: 'urgent',
  about: {
    raisedBy: 'The due date of an initiative passes before it is submitted',
    recipients: 'Its assignees',
  },
  data: Initiative,
  title: () => 'Initiative Overdue',
  message: ({ words }) => `The initiative '${words.title}' was due on ${words.date} and is now overdue.`,
  actionUrl: page,
})

export const initiativeOverdueToReviewer = defineNotification<Dated & { name: string }>()({
  type: 'initiative_overdue',
  priority: 'high',
  about: {
    raisedBy: 'The due date of an initiative passes before it is submitted',
    recipients: 'Whoever decides about the work of who answers for it',
  },
  data: Initiative,
  title: () => 'Initiative Overdue',
  message: ({ words }) =>
    `${words.name}'s initiative '${words.title}' was due on ${words.date} and is now overdue.`,
  actionUrl: page,
})

export const extensionRequested = defineNotification<Dated>()({
  type: 'initiative_extension_requested',
  priority: 'high',
  needsAction: true,
  about: {
    raisedBy: 'More time is asked for an initiative',
    recipients: 'Whoever decides about the work of who answers for it, unless assigned to it',
  },
  data: ExtensionWithReason,
  title: () => 'Extension Requested',
  message: ({ actor, words }) => `${actor} has requested an extension for '${words.title}' to ${words.date}.`,
  actionUrl: page,
})

export const extensionApproved = defineNotification<Dated>()({
  type: 'initiative_extension_approved',
  priority: 'medium',
  about: { raisedBy: 'More time is granted', recipients: 'Who asked for it, and the assignees' },
  data: Extension,
  title: () => 'Extension Approved',
  message: ({ actor, words }) =>
    `${actor} has approved your extension for '${words.title}'. New due date: ${words.date}.`,
  actionUrl: page,
})

export const extensionDenied = defineNotification<Titled>()({
  type: 'initiative_extension_denied',
  priority: 'high',
  about: { raisedBy: 'More time is denied', recipients: 'Who asked for it' },
  data: ExtensionWithReason,
  title: () => 'Extension Denied',
  message: ({ actor, data, words }) =>
    `${actor} has denied your extension for '${words.title}'. Reason: ${data.reason}`,
  actionUrl: page,
})

export const initiativeNotifications = [
  initiativeCreated,
  initiativeAssigned,
  initiativeApproved,
  initiativeSubmitted,
  initiativeReviewed,
  initiativeRejected,
  initiativeReturned,
  initiativeOverdue,
  initiativeOverdueToReviewer,
  extensionRequested,
  extensionApproved,
  extensionDenied,
]
