export { Bell, type BellProps } from './bell/bell.tsx'
export { ConnectionStatus } from './connection-status.tsx'
export { DesktopQuestion } from './desktop-question.tsx'
export {
  type Notifications,
  useConnectionState,
  useInboxEvent,
  useInboxState,
  useNotifications,
  useUnreadCount,
} from './hooks.ts'
export { Inbox, type InboxProps } from './inbox/inbox.tsx'
export { InboxKeys } from './inbox/keys.tsx'
export type { TypeChoice } from './inbox/menu.tsx'
export type { InboxSlots } from './inbox/pane.tsx'
export { type InboxTab, type InboxView, TABS } from './inbox/view.ts'
export { InboxProvider, type InboxProviderProps, useInbox } from './provider.tsx'
export { DEFAULT_STRINGS, type InboxStrings } from './strings.ts'
export { Toaster, type ToasterProps } from './toaster/toaster.tsx'
export {
  type DesktopControl,
  type DesktopOptions,
  type DesktopState,
  useDesktopNotifications,
} from './use-desktop-notifications.ts'
export { type SoundControl, type SoundOptions, useNotificationSound } from './use-notification-sound.ts'
