/** The demo organisation behind a server of its own: people, and work in every state, for what goes through all pages. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { DEMO_DOMAIN, DEMO_PASSWORD } from '../../../apps/server/src/demo/accounts.ts'
import { seedDemo } from '../../../apps/server/src/demo/seed.ts'
import { type Rest, startServer } from '../../../apps/server/src/testing/index.ts'

/** The part of an address before the @. The newcomer is there where somebody hired them. */
export type Account = 'john.doe' | 'jane.smith' | 'mary.okafor' | 'hr' | 'admin' | 'newcomer'

export type Demo = Awaited<ReturnType<typeof openDemo>>

export async function openDemo() {
  const dataDir = mkdtempSync(join(tmpdir(), 'pms-demo-'))
  await seedDemo(dataDir)
  const server = await startServer({ dataDir })
  const known = new Map<Account, Promise<Rest>>()

  async function signIn(account: Account): Promise<Rest> {
    const { body } = await server.rest().post<{ access_token: string }>('/api/auth/login', loginOf(account))
    return server.rest(body.access_token)
  }

  async function close(): Promise<void> {
    await server.close()
    rmSync(dataDir, { recursive: true })
  }

  return {
    url: server.url,
    server,
    /** REST calls of one of them. */
    as(account: Account): Promise<Rest> {
      const rest = known.get(account) ?? signIn(account)
      known.set(account, rest)
      return rest
    },
    /** Signs in by REST: the cookies are those of a browser that did it by the page. */
    async enter(context: BrowserContext, account: Account): Promise<void> {
      const answer = await context.request.post(`${server.url}/api/auth/login`, { data: loginOf(account) })
      if (!answer.ok()) throw new Error(`${account} cannot sign in: ${answer.status()}`)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

const loginOf = (account: Account) => ({ email: `${account}@${DEMO_DOMAIN}`, password: DEMO_PASSWORD })

/** The first that a list answers. */
export async function firstOf<T extends object = { id: string }>(rest: Rest, path: string): Promise<T> {
  const { status, body } = await rest.get<{ items: T[] }>(path)
  const [first] = status === 200 ? body.items : []
  if (!first) throw new Error(`The demo has nothing for ${path}: ${status}`)
  return first
}

/** What a call that must succeed answers. */
export async function done<T>(call: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await call
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}
