/** The REST half of an inbox, as `@pms/client` calls it, on Node's own HTTP server. Whose inbox it is, the token says. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import type { Inboxes, InboxQuery } from '@pms/notifier'

interface Body {
  ids: string[]
  action: 'read' | 'unread' | 'delete' | 'restore'
  through_seq?: number
  version: number
}

export async function answerInbox(inboxes: Inboxes, request: IncomingMessage, response: ServerResponse) {
  const found = await act(inboxes, request).catch(() => undefined)
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
  response.end(JSON.stringify(found ?? { code: 'not_found', detail: 'There is no such notification' }))
}

async function act(inboxes: Inboxes, request: IncomingMessage): Promise<object | undefined> {
  const me = request.headers.authorization?.replace('Bearer ', '') ?? ''
  const url = new URL(request.url ?? '', 'http://localhost')
  const [id = '', verb = ''] = url.pathname.split('/').slice(3)
  const body = request.headers['content-type'] ? ((await json(request)) as Body) : null
  const item = () => inboxes.find(me, id)
  const all = id === 'mark-all-read'
  if (request.method === 'GET') return id ? item() : inboxes.list(me, queryOf(url.searchParams))
  if (body && all && verb === 'undo') return said(await inboxes.undoMarkAllRead(me, body.version))
  if (body && all) return said(await inboxes.markAllRead(me, body.through_seq ?? null))
  if (body && id === 'bulk') {
    const { changed, notFound } = await inboxes.bulk(me, body.action, body.ids)
    return { changed, not_found: notFound }
  }
  if (request.method === 'DELETE') return said(await inboxes.remove(me, id))
  if (verb === 'read') return inboxes.markRead(me, id).then(item)
  if (verb === 'unread') return inboxes.markUnread(me, id).then(item)
  if (verb === 'restore') return inboxes.restore(me, id).then(item)
}

const said = (what: unknown) => ({ message: String(what) })

function queryOf(query: URLSearchParams): InboxQuery {
  return {
    skip: Number(query.get('skip') ?? 0),
    limit: Math.min(Number(query.get('limit') ?? 20), 100),
    unreadOnly: query.get('unread_only') === 'true',
    needsAction: query.get('needs_action') === 'true',
    type: query.get('notification_type') ?? undefined,
    priority: (query.get('priority') ?? undefined) as InboxQuery['priority'],
    beforeSeq: query.has('cursor') ? Number(query.get('cursor')) : undefined,
  }
}
