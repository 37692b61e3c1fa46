/** The REST calls of a fake inbox: which address does what. */
import { PRIORITIES } from '@pms/protocol'
import type { PageFilters } from '../types.ts'
import type { FakeInbox } from './fake-inbox.ts'
import type { FakeRequest, FakeResponse } from './fake-server.ts'

interface Body {
  through_seq?: number
  version?: number
  ids?: string[]
  action?: string
}

export function answerRest(inbox: FakeInbox, { method, url, body }: FakeRequest): FakeResponse {
  const { pathname, searchParams } = new URL(url, 'http://fake')
  const parts = pathname
    .replace(/^.*\/api\/notifications/, '')
    .split('/')
    .slice(1)
  const [id = ''] = parts
  // An id is the only part with a digit in it.
  const call = `${method} ${parts.map(part => (/\d/.test(part) ? '{id}' : part)).join('/')}`.trim()
  const { through_seq, version, ids = [], action } = (body ?? {}) as Body

  switch (call) {
    case 'GET': {
      const limit = Number(searchParams.get('limit'))
      const skip = Number(searchParams.get('skip') ?? 0)
      // As strict as a real one, so that what asks for too much is found out.
      if (limit > 100 || skip > 10_000) return { status: 422, body: { code: 'invalid_input', detail: url } }
      return ok(inbox.page(limit, searchParams.get('cursor'), filtersOf(searchParams), skip))
    }
    case 'GET {id}': {
      const item = inbox.page(1e9).notifications.find(one => one.id === id)
      if (item === undefined)
        return { status: 404, body: { code: 'not_found', detail: 'No such notification' } }
      return ok(item)
    }
    case 'PUT {id}/read':
      return done(inbox.setRead(id, true))
    case 'PUT {id}/unread':
      return done(inbox.setRead(id, false))
    case 'PUT mark-all-read':
      return ok({ message: `${inbox.readAll(through_seq)} notifications marked as read` })
    case 'POST mark-all-read/undo':
      return ok({ message: `${inbox.undoReadAll(version ?? 0)} notifications marked as unread` })
    case 'POST bulk': {
      const unknown = ids.filter(one => inbox.page(1e9).notifications.every(item => item.id !== one))
      const notFound = action === 'restore' ? [] : unknown
      const changed = ids.filter(one => act(inbox, action, one)).length
      return ok({ changed, not_found: notFound })
    }
    case 'DELETE {id}':
      return done(inbox.setDeleted(id, true))
    case 'POST {id}/restore':
      return done(inbox.setDeleted(id, false))
    default:
      return { status: 404, body: { code: 'not_found', title: 'Not Found', detail: `No ${method} ${url}` } }
  }
}

const ok = (body: unknown): FakeResponse => ({ status: 200, body })

/** Doing what is done already is harmless. */
const done = (_changed: boolean): FakeResponse => ok({ message: 'Done' })

function act(inbox: FakeInbox, action: string | undefined, id: string): boolean {
  if (action === 'read' || action === 'unread') return inbox.setRead(id, action === 'read')
  return inbox.setDeleted(id, action === 'delete')
}

function filtersOf(query: URLSearchParams): PageFilters {
  const type = query.get('notification_type')
  const priority = PRIORITIES.find(one => one === query.get('priority'))
  return {
    unreadOnly: query.get('unread_only') === 'true',
    needsAction: query.get('needs_action') === 'true',
    ...(type !== null && { type }),
    ...(priority && { priority }),
  }
}
