/** The REST calls of an inbox. Knows addresses, tokens and failures; knows nothing of state. */
import type { BulkResult, InboxItem, Message, NotificationPage, Problem } from '@pms/protocol'
import type { Environment } from './environment.ts'
import type { BulkAction, Failure, InboxOptions, PageFilters, PageWindow } from './types.ts'

const TIMEOUT = 15_000

export interface Rest {
  page(cursor: string | null, filters?: PageFilters, window?: PageWindow): Promise<NotificationPage>
  item(id: string): Promise<InboxItem>
  markRead(id: string): Promise<unknown>
  markUnread(id: string): Promise<unknown>
  markAllRead(throughSeq: number): Promise<Message>
  undoMarkAllRead(version: number): Promise<unknown>
  bulk(ids: readonly string[], action: BulkAction): Promise<BulkResult>
  remove(id: string): Promise<unknown>
  restore(id: string): Promise<unknown>
}

/** Every call rejects with a `Failure` and with nothing else. */
export function createRest(options: InboxOptions, environment: Environment): Rest {
  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const first = await attempt(method, path, body, false)
    const response = first.status === 401 ? await attempt(method, path, body, true) : first
    if (!response.ok) throw await refusal(response)
    return response.json()
  }

  async function attempt(method: string, path: string, body: object | undefined, fresh: boolean) {
    const abort = new AbortController()
    const cancel = environment.schedule(() => abort.abort(), TIMEOUT)
    try {
      const token = await options.getToken({ fresh })
      return await environment.fetch(`${options.url}/api/notifications${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        cache: 'no-store',
        signal: abort.signal,
      })
    } catch (error) {
      throw networkFailure(error)
    } finally {
      cancel()
    }
  }

  const one =
    (method: string, does = '') =>
    (id: string) =>
      call(method, `/${encodeURIComponent(id)}${does}`)

  return {
    page(cursor, { unreadOnly, type, priority, needsAction } = {}, { skip, limit } = {}) {
      const query = new URLSearchParams()
      const given = {
        limit: limit ?? options.pageSize ?? 30,
        cursor,
        skip,
        unread_only: unreadOnly,
        needs_action: needsAction,
        notification_type: type,
        priority,
      }
      for (const [name, value] of Object.entries(given)) if (value) query.set(name, String(value))
      return call('GET', `?${query}`) as Promise<NotificationPage>
    },
    item: one('GET') as Rest['item'],
    markRead: one('PUT', '/read'),
    markUnread: one('PUT', '/unread'),
    markAllRead: throughSeq => call('PUT', '/mark-all-read', { through_seq: throughSeq }) as Promise<Message>,
    undoMarkAllRead: version => call('POST', '/mark-all-read/undo', { version }),
    bulk: (ids, action) => call('POST', '/bulk', { ids, action }) as Promise<BulkResult>,
    remove: one('DELETE'),
    restore: one('POST', '/restore'),
  }
}

function networkFailure(error: unknown): Failure {
  return { status: null, code: 'network', message: String(error) }
}

async function refusal(response: { status: number; json(): Promise<unknown> }): Promise<Failure> {
  // A proxy on the way answers in HTML.
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null
  return {
    status: response.status,
    code: problem?.code ?? `http_${response.status}`,
    message: problem?.detail ?? `The server answered ${response.status}`,
  }
}
