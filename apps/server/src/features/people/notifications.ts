/** The notifications about accounts. Their sentences are part of the public contract. */
import { defineNotification } from '@pms/notifier'
import Type from 'typebox'

const User = Type.Object({ user_id: Type.String() })

/** To the new user. */
export const userWelcomed = defineNotification<{ firstName: string }>()({
  type: 'user_created',
  priority: 'medium',
  about: { raisedBy: 'HR adds a user', recipients: 'The new user' },
  data: User,
  title: () => 'Welcome to PMS',
  message: ({ words }) =>
    `Welcome, ${words.firstName}. Your account is ready: complete your profile and set your first goal.`,
  actionUrl: () => '/profile',
})

export const teamMemberJoined = defineNotification<{ name: string }>()({
  type: 'user_created',
  priority: 'medium',
  about: { raisedBy: 'HR adds a user', recipients: 'The new user’s supervisor' },
  data: User,
  title: () => 'New Team Member',
  message: ({ words }) => `${words.name} has joined your team.`,
  actionUrl: () => '/team',
})

export const ownStatusChanged = defineNotification<{ from: string; to: string }>()({
  type: 'user_status_changed',
  priority: 'high',
  about: { raisedBy: 'An account’s status is changed', recipients: 'The user' },
  data: User,
  title: () => 'Account Status Changed',
  message: ({ words }) => `Your account status has changed from ${words.from} to ${words.to}.`,
  actionUrl: () => '/profile',
})

export const reportStatusChanged = defineNotification<{ name: string; from: string; to: string }>()({
  type: 'user_status_changed',
  priority: 'medium',
  about: { raisedBy: 'An account’s status is changed', recipients: 'The user’s supervisor' },
  data: User,
  title: () => 'Account Status Changed',
  message: ({ words }) => `${words.name}'s account status has changed from ${words.from} to ${words.to}.`,
  actionUrl: () => '/team',
})

export const roleChanged = defineNotification<{ from: string; to: string }>()({
  type: 'user_role_changed',
  priority: 'high',
  about: { raisedBy: 'A user is given another role', recipients: 'The user' },
  data: User,
  title: () => 'Your Role Has Changed',
  message: ({ words }) => `Your role has changed from ${words.from} to ${words.to}.`,
  actionUrl: () => '/profile',
})

export const userNotifications = [
  userWelcomed,
  teamMemberJoined,
  ownStatusChanged,
  reportStatusChanged,
  roleChanged,
]
