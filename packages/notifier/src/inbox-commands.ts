/** What a client asks of its inbox over the socket. What it changes reaches every socket on the usual way. */
import type { Command, MarkedRead } from '@pms/protocol'
import type { Inboxes, Outcome } from './inbox.ts'

export type InboxCommand = Extract<
  Command,
  { verb: 'mark_read' | 'mark_unread' | 'delete' | 'mark_all_read' }
>

/** What is wrong with an input. */
export interface Problem {
  code: string
  message: string
}

/** Does it. @returns what the asking socket alone is told, if anything */
export async function changeInbox(
  inboxes: Inboxes,
  userId: string,
  command: InboxCommand,
): Promise<MarkedRead | Problem | null> {
  switch (command.verb) {
    case 'mark_read': {
      const outcome = await inboxes.markRead(userId, command.id)
      // The others know already; who asks is answered all the same.
      return outcome === 'unchanged'
        ? { type: 'marked_read', notification_id: command.id }
        : unlessFound(outcome)
    }
    case 'mark_unread':
      return unlessFound(await inboxes.markUnread(userId, command.id))
    case 'delete':
      return unlessFound(await inboxes.remove(userId, command.id))
    case 'mark_all_read':
      await inboxes.markAllRead(userId, command.throughSeq)
      return null
  }
}

function unlessFound(outcome: Outcome): Problem | null {
  return outcome === 'not_found'
    ? { code: 'not_found', message: 'There is no such notification in your inbox' }
    : null
}
