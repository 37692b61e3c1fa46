/** A client that keeps an inbox by the rules of the protocol and by nothing else; what it ends with must be true. */
import type { InboxItem, NotificationPage, ServerMessage } from '@pms/protocol'

export interface ReaderOptions {
  /** The inbox as REST answers it. */
  fetch(): Promise<NotificationPage>
  /** Sends a command. */
  say(text: string): void
}

export type Reader = ReturnType<typeof referenceReader>

export function referenceReader({ fetch, say }: ReaderOptions) {
  let items = new Map<string, InboxItem>()
  let version = 0
  let unread = 0
  /** What came since the server said to start over; null while there is nothing to wait for. */
  let waiting: ServerMessage[] | null = null

  function load(page: NotificationPage): void {
    items = new Map(page.notifications.map(item => [item.id, item]))
    version = page.version
    unread = page.unread_count
  }

  async function startOver(): Promise<void> {
    const mine: ServerMessage[] = []
    waiting = mine
    const page = await fetch()
    if (waiting !== mine) return
    waiting = null
    load(page)
    for (const message of mine) apply(message)
  }

  function apply(message: ServerMessage): void {
    if (!('version' in message) || message.version === undefined) return
    if (message.type === 'connection_established' || message.type === 'sync_reset') return
    if (message.type !== 'sync') {
      if (message.version <= version) return
      if (message.version > version + 1) {
        say(`sync:${version}`)
        return
      }
    } else if (message.version < version) return
    version = message.version
    unread = message.unread_count ?? unread
    change(message)
  }

  function change(message: ServerMessage): void {
    const set = (item: InboxItem | undefined, changes: Partial<InboxItem> = {}) => {
      if (item) items.set(item.id, { ...item, ...changes })
    }
    if (message.type === 'new_notification' && 'seq' in message.notification) set(message.notification)
    if (message.type === 'notification_updated') set(message.notification)
    if (message.type === 'notification_deleted') items.delete(message.notification_id)
    if (message.type === 'marked_read') set(items.get(message.notification_id), { is_read: true })
    if (message.type === 'all_marked_read')
      for (const item of items.values()) if (item.seq <= message.through_seq) set(item, { is_read: true })
    if (message.type === 'sync') {
      for (const item of message.notifications) set(item)
      for (const id of message.deleted) items.delete(id)
    }
  }

  return {
    load,
    hear(message: ServerMessage): void {
      if (message.type === 'sync_reset') void startOver()
      else if (waiting) waiting.push(message)
      else apply(message)
    },
    /** The socket is gone, and with it whatever was waited for. */
    forget(): void {
      waiting = null
    },
    version: () => version,
    state: () => ({ version, unread, items: [...items.values()].sort((a, b) => b.seq - a.seq) }),
  }
}
