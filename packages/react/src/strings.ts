/** Every word that the components say, in one object; `InboxProvider` takes replacements for any of them. */
import type { ConnectionStatus, Failure } from '@pms/client'
import { createContext, useContext } from 'react'

export interface InboxStrings {
  heading: string
  /** Name of the bell for those who do not see it. */
  bell: (unread: number) => string
  /** What the connection is, in one or two words. `closed` also stands for "not connected yet". */
  connection: Record<'live' | 'connecting' | 'reconnecting' | 'offline' | 'closed', string>
  reconnectingIn: (seconds: number) => string
  markAllRead: string
  markRead: string
  markUnread: string
  remove: string
  removed: string
  undo: string
  mute: string
  unmute: string
  emptyTitle: string
  emptyText: string
  loading: string
  loadFailed: string
  tryAgain: string
  unread: string
  priority: Record<'low' | 'medium' | 'high' | 'urgent', string>
  settledBy: (name: string | null) => string
  dismiss: string
  /** `atLeast`: there are more than these. */
  caughtUp: (count: number, atLeast: boolean) => string
  caughtUpText: string
  actionFailed: string
  noAnswer: string
  justNow: string
  minutesAgo: (minutes: number) => string
  hoursAgo: (hours: number) => string
  yesterday: string
  daysAgo: (days: number) => string
  /** The language in which dates are written; that of the words. */
  locale: string
}

export const DEFAULT_STRINGS: InboxStrings = {
  heading: 'Notifications',
  bell: unread => (unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`),
  connection: {
    live: 'Live',
    connecting: 'Connecting',
    reconnecting: 'Reconnecting',
    offline: 'Offline',
    closed: 'Not connected',
  },
  reconnectingIn: seconds => `Reconnecting in ${seconds} s`,
  markAllRead: 'Mark all read',
  markRead: 'Mark as read',
  markUnread: 'Mark as unread',
  remove: 'Delete',
  removed: 'Notification deleted',
  undo: 'Undo',
  mute: 'Mute sounds',
  unmute: 'Unmute sounds',
  emptyTitle: 'You’re all caught up',
  emptyText: 'When something concerns you, it appears here at once.',
  loading: 'Loading notifications',
  loadFailed: 'Notifications could not be loaded',
  tryAgain: 'Try again',
  unread: 'Unread',
  priority: { low: 'Low priority', medium: 'Normal priority', high: 'High priority', urgent: 'Urgent' },
  settledBy: name => (name === null ? 'Settled' : `Settled by ${name}`),
  dismiss: 'Dismiss',
  caughtUp: (count, atLeast) => `${count}${atLeast ? '+' : ''} new while you were away`,
  caughtUpText: 'Open notifications',
  actionFailed: 'That could not be saved',
  noAnswer: 'The server cannot be reached. Try again when the connection is back.',
  justNow: 'now',
  minutesAgo: minutes => `${minutes} min ago`,
  hoursAgo: hours => `${hours} h ago`,
  yesterday: 'yesterday',
  daysAgo: days => `${days} days ago`,
  locale: 'en',
}

export const StringsContext = createContext(DEFAULT_STRINGS)

export const useStrings = (): InboxStrings => useContext(StringsContext)

/** The word for a status; before the first connect there is none yet. */
export function connectionWord(strings: InboxStrings, status: ConnectionStatus): string {
  return strings.connection[status === 'idle' ? 'closed' : status]
}

/** The server's own words, but not the browser's where no answer came. */
export function failureText(failure: Pick<Failure, 'code' | 'message'>, strings: InboxStrings): string {
  return failure.code === 'network' ? strings.noAnswer : failure.message
}
