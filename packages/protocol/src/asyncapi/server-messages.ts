/** Each message of the server in a sentence, with an example. One that is missing here is an error of types. */
import type { InboxItem } from '../notification.ts'
import type { ServerMessage } from '../server-messages.ts'

type Texts = {
  [Type in ServerMessage['type']]: {
    summary: string
    description?: string
    example: Extract<ServerMessage, { type: Type }>
  }
}

const ITEM: InboxItem = {
  id: '01a20681-efa5-702f-b96a-215b9db93ee2',
  type: 'document_shared',
  priority: 'high',
  title: 'A document was shared with you',
  message: 'John Doe has shared "Budget 2027" with you and asks for your comments.',
  action_url: '/documents/01a20681-efa2-72c7-b229-6fc5f1ac98dd',
  data: { document_id: '01a20681-efa2-72c7-b229-6fc5f1ac98dd' },
  triggered_by_name: 'John Doe',
  created_at: '2026-11-23T03:45:08.514Z',
  is_read: false,
  seq: 95,
  needs_action: true,
  resolved_at: null,
  resolved_by_name: null,
  object: { type: 'document', id: '01a20681-efa2-72c7-b229-6fc5f1ac98dd' },
}
const OTHER_ID = '01a206bd-f2f2-7028-a271-0f1f7594b855'

export const SERVER_MESSAGES: Texts = {
  connection_established: {
    summary: 'The first message of every socket',
    description:
      'For information only: what a client holds is at this version when it has been brought there.',
    example: {
      type: 'connection_established',
      message: 'Connected to notification service',
      user_id: '01a206bd-f14a-76ef-bb02-5d64bf74f88c',
      version: 97,
      unread_count: 12,
      epoch: '1c5d1997-2bff-4bc3-90c9-1a7edc74117c',
    },
  },
  new_notification: {
    summary: 'Something new',
    description:
      'A client that syncs is sent the whole inbox item, a plain one the ten fields of a notification.',
    example: { type: 'new_notification', notification: ITEM, version: 95, unread_count: 12 },
  },
  marked_read: {
    summary: 'One was read, here or on any other device',
    description:
      'Answering a `mark_read` of what is read already it has no version, and goes to the asking socket alone.',
    example: { type: 'marked_read', notification_id: OTHER_ID, version: 98, unread_count: 11 },
  },
  all_marked_read: {
    summary: 'Everything up to a place was read; one version, however many',
    example: { type: 'all_marked_read', through_seq: 95, count: 11, version: 99, unread_count: 0 },
  },
  notification_updated: {
    summary: 'Unread again, dealt with, or restored after a delete: replace what you have, or insert it',
    example: {
      type: 'notification_updated',
      notification: {
        ...ITEM,
        is_read: true,
        resolved_at: '2026-11-23T04:02:11.020Z',
        resolved_by_name: 'Jane Smith',
      },
      version: 100,
      unread_count: 0,
    },
  },
  notification_deleted: {
    summary: 'One was deleted, on any device',
    example: { type: 'notification_deleted', notification_id: OTHER_ID, version: 101, unread_count: 0 },
  },
  sync: {
    summary: 'A page of what changed: its present state, each row once',
    description:
      'On connecting with `since`, after `sync`, and whenever the server finds it simpler than single changes.',
    example: {
      type: 'sync',
      from: 94,
      version: 101,
      unread_count: 0,
      total_count: 40,
      notifications: [ITEM],
      deleted: [OTHER_ID],
      more: false,
    },
  },
  sync_reset: {
    summary: 'What you hold cannot be brought up to date: fetch it afresh',
    example: { type: 'sync_reset', version: 3, reason: 'epoch_changed' },
  },
  resource_changed: {
    summary: 'Something the person takes part in changed: pages that show it fetch it again',
    description: 'It has no version and is not repeated. With `*` for both fields nobody knows what changed.',
    example: { type: 'resource_changed', resource: 'document', id: '01a20681-efa2-72c7-b229-6fc5f1ac98dd' },
  },
  auth_refreshed: {
    summary: 'The socket lives as long as the new token',
    example: { type: 'auth_refreshed', expires_at: '2026-11-23T05:50:41.000Z' },
  },
  server_draining: {
    summary: 'The server is about to stop: come back after so long',
    description: 'Commands sent from now on are not carried out. Each client is told another delay.',
    example: { type: 'server_draining', retry_after_ms: 840 },
  },
  error: {
    summary: 'A command could not be done; the socket stays open',
    example: {
      type: 'error',
      code: 'not_found',
      message: 'There is no such notification',
      request: `mark_read:${OTHER_ID}`,
    },
  },
}

/** What an `error` can say. */
export const ERROR_CODES: Readonly<Record<string, string>> = {
  unknown_command: 'no such command',
  bad_argument: 'a command without its argument, or with one that is none; also a `since` that is no number',
  not_found: 'no such notification in this inbox: unknown, deleted, or somebody else’s',
  bad_token: 'the token sent with `auth` is not good',
  binary_not_supported: 'commands are text frames',
  failed: 'the server could not do it just now, and nothing changed: try again',
}
