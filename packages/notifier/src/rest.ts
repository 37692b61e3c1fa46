/**
 * The REST half of an inbox, as `@pms/client` calls it: the calls under `/api/notifications`, for whatever serves HTTP.
 * Who asks is found out by the same `authenticate` as on the socket. Knows no framework; see `createInboxApi`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Problem } from '@pms/protocol'
import type { Hub } from './hub.ts'
import type { Inboxes, Outcome } from './inbox.ts'
import { BulkBody, MarkAllReadBody, UndoMarkAllReadBody } from './rest-bodies.ts'
import { queryOf, Refusal, shaped } from './rest-input.ts'

export { BulkBody, MarkAllReadBody, UndoMarkAllReadBody }

export interface InboxApiOptions {
  hub: Hub
  inboxes: Inboxes
  /** Told of errors that are nobody's input. */
  onError(error: unknown): void
}

/** A call, whoever received it. */
export interface InboxCall {
  method: string
  /** With its query: a whole address, its path, or what is left of that below `/api/notifications`. */
  url: string
  /** The header of that name. */
  authorization: string | null | undefined
  /** JSON, read already; anything where there was none. */
  body?: unknown
}

/** To be sent as JSON with this status. */
export interface InboxAnswer {
  status: number
  body: object
}

export type InboxApi = ReturnType<typeof createInboxApi>

const ROOT = '/api/notifications'
/** A hundred ids take 4 kB. */
const MOST_BYTES = 65_536
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What a route is handed. */
interface Asked {
  me: string
  id: string
  query: URLSearchParams
  body: unknown
}

/** Mounts like this: `app.all('/api/notifications/*', c => api.fetch(c.req.raw))`, or by `node`, or by `answer`. */
export function createInboxApi({ hub, inboxes, onError }: InboxApiOptions) {
  /** Changes one and answers it as it is then. */
  const change =
    (act: (userId: string, id: string) => Promise<Outcome>) =>
    async ({ me, id }: Asked) => {
      await act(me, id)
      return inboxes.find(me, id)
    }

  const routes: Record<string, (asked: Asked) => Promise<object | undefined>> = {
    'GET ': ({ me, query }) => inboxes.list(me, queryOf(query)),
    'GET /stats': ({ me }) => inboxes.stats(me),
    'GET /connection-stats': async ({ me }) => {
      const { activeUsers, totalConnections } = await hub.totals()
      return {
        active_users: activeUsers,
        total_connections: totalConnections,
        user_online: await hub.isOnline(me),
      }
    },
    'PUT /mark-all-read': async ({ me, body }) => {
      const { through_seq } = shaped(MarkAllReadBody, body ?? {})
      return said(await inboxes.markAllRead(me, through_seq ?? null), 'read')
    },
    'POST /mark-all-read/undo': async ({ me, body }) =>
      said(await inboxes.undoMarkAllRead(me, shaped(UndoMarkAllReadBody, body).version), 'unread'),
    'POST /bulk': async ({ me, body }) => {
      const { ids, action } = shaped(BulkBody, body)
      const lowered = ids.map(each => each.toLowerCase())
      const { changed, notFound } = await inboxes.bulk(me, action, lowered)
      return { changed, not_found: notFound }
    },
    'GET /:id': ({ me, id }) => inboxes.find(me, id),
    'PUT /:id/read': change(inboxes.markRead),
    'PUT /:id/unread': change(inboxes.markUnread),
    'POST /:id/restore': change(inboxes.restore),
    'DELETE /:id': async ({ me, id }) =>
      (await inboxes.remove(me, id)) === 'not_found'
        ? undefined
        : { message: 'Notification deleted successfully' },
  }

  async function whoAsks(authorization: string | null | undefined): Promise<string> {
    const [, value] = /^bearer +(\S+)$/i.exec(authorization?.trim() ?? '') ?? []
    const admission =
      value === undefined ? 'unauthenticated' : await hub.authenticate({ kind: 'token', value })
    if (admission === 'unauthenticated') throw new Refusal(401, 'not_signed_in', 'Sign in first')
    if (admission === 'forbidden') throw new Refusal(403, 'forbidden', 'This account may not do this')
    return admission.userId
  }

  /** For frameworks that read bodies themselves. Never rejects. */
  async function answer({ method, url, authorization, body }: InboxCall): Promise<InboxAnswer> {
    try {
      const me = await whoAsks(authorization)
      const { pathname, searchParams: query } = new URL(url, 'http://inbox')
      const path = pathname.startsWith(ROOT) ? pathname.slice(ROOT.length).replace(/\/$/, '') : pathname
      const [, id = '', verb = ''] = /^\/([^/]+)(\/[^/]+)?$/.exec(path) ?? []
      const route = routes[`${method} ${path}`] ?? (ID.test(id) ? routes[`${method} /:id${verb}`] : undefined)
      const found = await route?.({ me, id: id.toLowerCase(), query, body })
      if (!found) throw new Refusal(404, 'not_found', 'There is no such notification')
      return { status: 200, body: found }
    } catch (error) {
      if (error instanceof Refusal) return { status: error.status, body: problem(error) }
      onError(error)
      const failed = new Refusal(500, 'internal_error', 'Something went wrong here')
      return { status: failed.status, body: problem(failed) }
    }
  }

  return {
    answer,

    /** For Hono, Next.js and whatever else speaks the Fetch API. */
    async fetch(request: Request): Promise<Response> {
      const { method, url, headers } = request
      const body = await readJson(request.body)
      const answered = await answer({ method, url, authorization: headers.get('authorization'), body })
      return Response.json(answered.body, {
        status: answered.status,
        headers: { 'cache-control': 'no-store' },
      })
    },

    /** For Node's own HTTP server, and for Express, with its body parser and without. */
    async node(request: IncomingMessage & { body?: unknown }, response: ServerResponse): Promise<void> {
      const { method = '', url = '' } = request
      const { authorization } = request.headers
      const body = request.body ?? (await readJson(request))
      const answered = await answer({ method, url, authorization, body })
      response.writeHead(answered.status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(JSON.stringify(answered.body))
    },
  }
}

const said = (count: number, what: 'read' | 'unread') => ({
  message: `${count} notifications marked as ${what}`,
})

function problem({ status, code, message }: Refusal): Problem {
  return { type: 'about:blank', title: code, status, detail: message, code }
}

/** What was sent, where it is JSON and not longer than any call is; else nothing, which no route takes for a body. */
async function readJson(stream: AsyncIterable<Uint8Array> | null): Promise<unknown> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of stream ?? []) {
      size += part.length
      if (size > MOST_BYTES) return undefined
      parts.push(part)
    }
    return size === 0 ? undefined : JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    return undefined
  }
}
