/** `/api/notifications`: the inbox of whoever asks, over REST. */
import { Id, paging } from '@pms/contract'
import type { Hub, Inboxes, Outcome } from '@pms/notifier'
import { BulkBody, MarkAllReadBody, UndoMarkAllReadBody } from '@pms/notifier/rest'
import {
  BulkResult,
  ConnectionStats,
  InboxItem,
  Message,
  NotificationPage,
  NotificationStats,
  PRIORITIES,
  Ticket,
} from '@pms/protocol'
import Type from 'typebox'
import { type Caller, callerOf } from '../../auth/caller.ts'
import { TICKET_SECONDS } from '../../auth/tickets.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import type { Http } from '../../http/server.ts'

const Params = Type.Object({ id: Id })
const tags = ['notifications']
const shown = { tags, response: { 200: InboxItem } }

export interface NotificationRoutesOptions {
  inboxes: Inboxes
  hub: Hub
  issueTicket(caller: Caller): Promise<string>
  /** Every type that the product raises. */
  types: readonly string[]
  /** Whether it is a type of another system. */
  isRegistered(type: string): Promise<boolean>
}

export function notificationRoutes(
  http: Http,
  { inboxes, hub, issueTicket, types, isRegistered }: NotificationRoutesOptions,
): void {
  const ListQuery = Type.Object({
    ...paging(20),
    unread_only: Type.Boolean({ default: false, description: 'Only what is unread' }),
    notification_type: Type.Optional(
      Type.String({
        'x-extensible-enum': [...types],
        description: 'One of these, or one that another system registered',
      }),
    ),
    priority: Type.Optional(Type.Enum(PRIORITIES, { description: 'Only of this priority' })),
    needs_action: Type.Boolean({
      default: false,
      description: 'Only what asks for a decision that nobody has made yet',
    }),
    cursor: Type.Optional(
      Type.String({ pattern: '^[1-9][0-9]{0,14}$', description: 'next_cursor of the page before' }),
    ),
  })

  http.get(
    '/api/notifications',
    {
      schema: {
        tags,
        summary: 'The inbox, newest first',
        querystring: ListQuery,
        response: { 200: NotificationPage },
      },
    },
    async request => {
      const { skip, limit, unread_only, notification_type, priority, needs_action, cursor } = request.query
      if (
        notification_type !== undefined &&
        !types.includes(notification_type) &&
        !(await isRegistered(notification_type))
      )
        throw unprocessable('notification_type', 'notification_type is no type that there is')
      return inboxes.list(callerOf(request).id, {
        skip,
        limit,
        unreadOnly: unread_only,
        type: notification_type,
        priority,
        needsAction: needs_action,
        beforeSeq: cursor === undefined ? undefined : Number(cursor),
      })
    },
  )

  http.get(
    '/api/notifications/stats',
    {
      schema: {
        tags,
        summary: 'How many there are, by type and priority',
        response: { 200: NotificationStats },
      },
    },
    request => inboxes.stats(callerOf(request).id),
  )

  http.get(
    '/api/notifications/connection-stats',
    { schema: { tags, summary: 'Who is connected now', response: { 200: ConnectionStats } } },
    async request => {
      const { activeUsers, totalConnections } = await hub.totals()
      return {
        active_users: activeUsers,
        total_connections: totalConnections,
        user_online: await hub.isOnline(callerOf(request).id),
      }
    },
  )

  http.put(
    '/api/notifications/mark-all-read',
    { schema: { tags, summary: 'Mark all as read', body: MarkAllReadBody, response: { 200: Message } } },
    async request => {
      const count = await inboxes.markAllRead(callerOf(request).id, request.body.through_seq ?? null)
      // The plural always: clients match the sentence.
      return { message: `${count} notifications marked as read` }
    },
  )

  http.post(
    '/api/notifications/mark-all-read/undo',
    {
      schema: {
        tags,
        summary: 'Take a mark-all back',
        body: UndoMarkAllReadBody,
        response: { 200: Message },
      },
    },
    async request => {
      const count = await inboxes.undoMarkAllRead(callerOf(request).id, request.body.version)
      return { message: `${count} notifications marked as unread` }
    },
  )

  http.post(
    '/api/notifications/bulk',
    { schema: { tags, summary: 'Do one thing to several', body: BulkBody, response: { 200: BulkResult } } },
    async request => {
      const { ids, action } = request.body
      const { changed, notFound } = await inboxes.bulk(callerOf(request).id, action, ids)
      return { changed, not_found: notFound }
    },
  )

  http.post(
    '/api/notifications/ws-ticket',
    { schema: { tags, summary: 'A ticket that opens one socket', response: { 200: Ticket } } },
    async request => ({
      ticket: await issueTicket(callerOf(request)),
      expires_in: TICKET_SECONDS,
    }),
  )

  /** Changes one notification of the caller's and answers it as it is then. */
  const change =
    (act: (userId: string, id: string) => Promise<Outcome>) => async (userId: string, id: string) => {
      if ((await act(userId, id)) === 'not_found') throw notFound('notification')
      const item = await inboxes.find(userId, id)
      if (!item) throw notFound('notification')
      return item
    }
  const read = change(inboxes.markRead)
  const unread = change(inboxes.markUnread)
  const restore = change(inboxes.restore)

  http.get(
    '/api/notifications/:id',
    { schema: { summary: 'One notification', params: Params, ...shown } },
    async request => {
      const item = await inboxes.find(callerOf(request).id, request.params.id)
      if (!item) throw notFound('notification')
      return item
    },
  )

  http.put(
    '/api/notifications/:id/read',
    { schema: { summary: 'Mark one as read', params: Params, ...shown } },
    request => read(callerOf(request).id, request.params.id),
  )

  http.put(
    '/api/notifications/:id/unread',
    { schema: { summary: 'Mark one as unread', params: Params, ...shown } },
    request => unread(callerOf(request).id, request.params.id),
  )

  http.post(
    '/api/notifications/:id/restore',
    { schema: { summary: 'Bring a deleted one back', params: Params, ...shown } },
    request => restore(callerOf(request).id, request.params.id),
  )

  http.delete(
    '/api/notifications/:id',
    { schema: { tags, summary: 'Delete one', params: Params, response: { 200: Message } } },
    async request => {
      const outcome = await inboxes.remove(callerOf(request).id, request.params.id)
      if (outcome === 'not_found') throw notFound('notification')
      return { message: 'Notification deleted successfully' }
    },
  )
}
