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
  settledByYou: string
  dismiss: string
  /** `atLeast`: there are more than these. */
  caughtUp: (count: number, atLeast: boolean) => string
  caughtUpText: string
  actionFailed: string
  noAnswer: string
  justNow: string
  minutesAgo: (minutes: number) => string
  hoursAgo: (hours: number) => string
  today: string
  yesterday: string
  daysAgo: (days: number) => string
  desktopQuestion: string
  desktopYes: string
  desktopNo: string
  seeAll: string
  /** The page of the whole inbox. */
  inbox: string
  tabs: Record<'all' | 'unread' | 'action', string>
  filter: string
  type: string
  anyType: string
  priorityFilter: string
  anyPriority: string
  priorityName: Record<'low' | 'medium' | 'high' | 'urgent', string>
  clearFilter: (name: string) => string
  /** Name of a row's tick box. */
  select: (title: string) => string
  selected: (count: number) => string
  /** Begins ticking by fingers; and what is said while nothing is ticked yet. */
  selectSeveral: string
  selectHint: string
  clearSelection: string
  done: Record<'read' | 'unread' | 'delete', (count: number) => string>
  allRead: string
  noMatchTitle: string
  noMatchText: string
  noUnreadTitle: string
  noActionTitle: string
  chooseTitle: string
  chooseText: (unread: number) => string
  open: string
  back: string
  goneTitle: string
  goneText: string
  keys: string
  letterKeysOff: string
  /** What each key does, for the help and the hints. */
  keyNames: Record<InboxKey, string>
  /** The same in one word, for the line below the list. */
  keyHints: Partial<Record<InboxKey, string>>
  /** The language in which dates are written; that of the words. */
  locale: string
}

export type InboxKey =
  | 'move'
  | 'open'
  | 'read'
  | 'unread'
  | 'select'
  | 'range'
  | 'delete'
  | 'undo'
  | 'clear'
  | 'help'

const count = (n: number) => (n === 1 ? '1 notification' : `${n} notifications`)

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
  settledByYou: 'Settled by you',
  settledBy: name => (name === null ? 'Settled' : `Settled by ${name}`),
  dismiss: 'Dismiss',
  caughtUp: (count, atLeast) => `${count}${atLeast ? '+' : ''} new while you were away`,
  caughtUpText: 'Open notifications',
  actionFailed: 'That could not be saved',
  noAnswer: 'The server cannot be reached. Try again when the connection is back.',
  justNow: 'now',
  minutesAgo: minutes => `${minutes} min ago`,
  hoursAgo: hours => `${hours} h ago`,
  today: 'today',
  yesterday: 'yesterday',
  daysAgo: days => `${days} days ago`,
  desktopQuestion: 'Be told on the desktop while you look elsewhere?',
  desktopYes: 'Turn on',
  desktopNo: 'Not now',
  seeAll: 'See all',
  inbox: 'Inbox',
  tabs: { all: 'All', unread: 'Unread', action: 'Needs action' },
  filter: 'Filter',
  type: 'Type',
  anyType: 'Any type',
  priorityFilter: 'Priority',
  anyPriority: 'Any priority',
  priorityName: { low: 'Low', medium: 'Medium', high: 'High', urgent: 'Urgent' },
  clearFilter: name => `Clear ${name}`,
  select: title => `Select: ${title}`,
  selected: n => `${n} selected`,
  selectSeveral: 'Select',
  selectHint: 'Tap what you mean',
  clearSelection: 'Clear selection',
  done: {
    read: n => `${count(n)} marked as read`,
    unread: n => `${count(n)} marked as unread`,
    delete: n => `${count(n)} deleted`,
  },
  allRead: 'All marked as read',
  noMatchTitle: 'Nothing matches',
  noMatchText: 'No notification is of this kind.',
  noUnreadTitle: 'Nothing unread',
  noActionTitle: 'Nothing waits for you',
  chooseTitle: 'No notification selected',
  chooseText: unread => (unread === 0 ? 'You have read everything.' : `${unread} unread`),
  open: 'Open',
  back: 'Back to the list',
  goneTitle: 'This notification is not there any more',
  goneText: 'It was deleted, or it was never yours.',
  keys: 'Keyboard shortcuts',
  letterKeysOff: 'Letters and signs are switched off as keys.',
  keyHints: { move: 'move', read: 'read', select: 'select', delete: 'delete' },
  keyNames: {
    move: 'Next, previous',
    open: 'Open what it is about',
    read: 'Mark as read',
    unread: 'Mark as unread',
    select: 'Select',
    range: 'Select up to here',
    delete: 'Delete',
    undo: 'Undo',
    clear: 'Clear selection',
    help: 'All keys',
  },
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
