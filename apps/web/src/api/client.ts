/** Every REST call of the app but signing in: adds the token, refreshes it once when refused, throws `ApiError`. */
import { session } from './browser-session.ts'
import { errorOf, unreachable } from './problem.ts'

export type Query = Record<string, string | number | boolean | null | undefined>

interface Options {
  query?: Query
  body?: unknown
  signal?: AbortSignal
  /** Sent again under the same one, the call is not done again. */
  idempotencyKey?: string
}

export const get = <T>(path: string, options: Omit<Options, 'body'> = {}) => call<T>('GET', path, options)
export const post = <T>(path: string, body: unknown, options: Pick<Options, 'idempotencyKey'> = {}) =>
  call<T>('POST', path, { body, ...options })
export const put = <T>(path: string, body: unknown = {}) => call<T>('PUT', path, { body })
export const patch = <T>(path: string, body: unknown) => call<T>('PATCH', path, { body })
export const remove = <T>(path: string) => call<T>('DELETE', path, {})

async function call<T>(method: string, path: string, options: Options): Promise<T> {
  const { query, body, signal, idempotencyKey } = options
  const send = async (token: string | null) => {
    const headers = new Headers({ accept: 'application/json' })
    if (token) headers.set('authorization', `Bearer ${token}`)
    if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey)
    if (body !== undefined) headers.set('content-type', 'application/json')
    try {
      return await fetch(path + queryText(query), {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ?? null,
      })
    } catch (error) {
      if (signal?.aborted) throw error
      throw unreachable()
    }
  }

  const token = await session.token()
  let response = await send(token)
  if (response.status === 401 && token) {
    const fresh = await session.token(token)
    if (fresh) response = await send(fresh)
  }
  if (!response.ok) throw await errorOf(response)
  return (await response.json()) as T
}

/** `?a=1&b=2`, without what is empty. */
function queryText(query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value))
  const text = parameters.toString()
  return text && `?${text}`
}
