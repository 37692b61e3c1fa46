/** A REST client for tests: says what came back, whatever it was, and never throws for a refusal. */
import type { Described } from './described.ts'

export interface Reply<T> {
  status: number
  headers: Headers
  body: T
}

export interface CallOptions {
  body?: unknown
  headers?: Record<string, string>
}

interface RestOptions {
  token?: string
  cookies?: CookieJar
  described?: Described
}

export type Rest = ReturnType<typeof createRest>

/**
 * @param token sent with every call
 * @param cookies kept and sent as a browser does, if given
 * @param described fails what the server answers without saying that it may
 */
export function createRest(url: string, { token, cookies, described }: RestOptions = {}) {
  async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<Reply<T>> {
    const headers = new Headers(options.headers)
    if (token !== undefined && !headers.has('authorization')) headers.set('authorization', `Bearer ${token}`)
    const sent = cookies?.headerFor(path)
    if (sent && !headers.has('cookie')) headers.set('cookie', sent)
    let body: string | null = null
    if (options.body !== undefined) {
      body = typeof options.body === 'string' ? options.body : JSON.stringify(options.body)
      if (!headers.has('content-type')) headers.set('content-type', 'application/json')
    }
    const response = await fetch(url + path, { method, headers, body, redirect: 'manual' })
    cookies?.keep(response.headers.getSetCookie())
    const text = await response.text()
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '')
    const { status } = response
    const answer: unknown = isJson && text !== '' ? JSON.parse(text) : text
    described?.({ method, path, status, body: answer })
    return { status, headers: response.headers, body: answer as T }
  }

  // What a test expects of a body is what it tests: nothing is checked here.
  return {
    call,
    get: <T = Record<string, unknown>>(path: string, options?: CallOptions) => call<T>('GET', path, options),
    post: <T = Record<string, unknown>>(path: string, body?: unknown, options?: CallOptions) =>
      call<T>('POST', path, { ...options, body }),
    put: <T = Record<string, unknown>>(path: string, body?: unknown, options?: CallOptions) =>
      call<T>('PUT', path, { ...options, body }),
    patch: <T = Record<string, unknown>>(path: string, body?: unknown, options?: CallOptions) =>
      call<T>('PATCH', path, { ...options, body }),
    delete: <T = Record<string, unknown>>(path: string, options?: CallOptions) =>
      call<T>('DELETE', path, options),
  }
}

export type CookieJar = ReturnType<typeof createCookieJar>

/** The cookies of one browser. */
export function createCookieJar() {
  const cookies = new Map<string, { value: string; path: string; line: string }>()
  return {
    /** Takes `Set-Cookie` lines. */
    keep(lines: readonly string[]): void {
      for (const line of lines) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        const path = /;\s*path=([^;]*)/i.exec(line)?.[1] ?? '/'
        if (value === '') cookies.delete(name)
        else cookies.set(name, { value, path, line })
      }
    },
    headerFor(path: string): string {
      return [...cookies]
        .filter(([, cookie]) => path.startsWith(cookie.path))
        .map(([name, { value }]) => `${name}=${value}`)
        .join('; ')
    },
    get: (name: string): string | undefined => cookies.get(name)?.value,
    /** The `Set-Cookie` line it came by. */
    lineOf: (name: string): string | undefined => cookies.get(name)?.line,
    set(name: string, value: string, path = '/'): void {
      cookies.set(name, { value, path, line: '' })
    },
  }
}
