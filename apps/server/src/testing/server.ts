/** A whole server for a test: the real application on a free port, over a database of its own. */
import type { AddressInfo } from 'node:net'
import type { HubLimits } from '@pms/notifier'
import { type AppOptions, buildApp } from '../app.ts'
import { loadSecret } from '../auth/secret.ts'
import { type Config, readConfig } from '../config.ts'
import { describedBy } from './described.ts'
import { homeOf, newHome } from './home.ts'
import { addOrganisation, addPerson, type Person, type PersonOptions } from './people.ts'
import { createCookieJar, createRest } from './rest.ts'
import { openSocket, type SocketOptions, type TestSocket } from './socket.ts'

export interface TestServerOptions {
  clock?: AppOptions['clock']
  /** Environment variables, as an installation sets them. */
  env?: Record<string, string>
  /** Also those that no installation sets, so that a test need not wait for a heartbeat. */
  limits?: Partial<Config['limits'] & HubLimits>
  /** To start again over the database of a server that was closed; it is not removed at the end. */
  dataDir?: string
  /** To start again where that server was; a free one if not given. */
  port?: number
}

export type TestServer = Awaited<ReturnType<typeof startServer>>

/** Generous: tests are quicker than people. Those about limits set their own. */
const LIMITS = { restPerSecond: 10_000, loginsPerMinute: 1_000, upgradesPerSecond: 10_000 }

const TOKEN_SECONDS = 3_600

export async function startServer(options: TestServerOptions = {}) {
  const home = options.dataDir === undefined ? await newHome() : await homeOf(options.dataDir)
  const { dataDir } = home
  const base = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'info',
    ...home.env,
    ...options.env,
    DATA_DIR: dataDir,
  })
  const log: string[] = []
  const app = await buildApp(
    { ...base, limits: { ...base.limits, ...LIMITS, ...options.limits } },
    { ...(options.clock ? { clock: options.clock } : {}), logStream: { write: line => log.push(line) } },
  )
  await app.http.listen({ port: options.port ?? 0, host: '127.0.0.1' })
  const { port } = app.http.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const sockets: TestSocket[] = []
  const described = describedBy(app)

  const tokenOf = (person: Person) =>
    app.auth.issueToken(person, { userAgent: 'test', seconds: TOKEN_SECONDS })

  async function close(): Promise<void> {
    await Promise.all(sockets.map(socket => socket.close()))
    await app.close()
    if (options.dataDir === undefined) await home.remove()
  }

  return {
    url,
    app,
    dataDir,
    /** What its tokens are signed with. */
    secret: loadSecret(base.jwtSecret, dataDir),
    /** Lines of the log, as they were written. */
    log,

    addPerson: (name: string, personOptions?: PersonOptions) => addPerson(app, name, personOptions),
    addOrganisation: () => addOrganisation(app),

    /** An access token of a new session of this person. */
    tokenOf,
    /** REST calls of nobody in particular, or with this token. */
    rest: (token?: string) => createRest(url, token === undefined ? { described } : { described, token }),
    /** REST calls of a person. */
    as: async (person: Person) => createRest(url, { described, token: await tokenOf(person) }),
    /** REST calls of a browser, which keeps its cookies. */
    browser() {
      const cookies = createCookieJar()
      return { ...createRest(url, { described, cookies }), cookies }
    },

    /** A socket of a person, or with this token; open, and closed at the end at the latest. */
    async socket(who: Person | string, socketOptions: SocketOptions = {}): Promise<TestSocket> {
      const address = new URL(`${url.replace('http', 'ws')}/api/notifications/ws`)
      address.searchParams.set('token', typeof who === 'string' ? who : await tokenOf(who))
      for (const [name, value] of Object.entries(socketOptions.query ?? {}))
        address.searchParams.set(name, value)
      const socket = await openSocket(address, socketOptions)
      sockets.push(socket)
      return socket
    },

    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A clock that stands still until it is told otherwise. */
export function createTestClock(start = '2027-03-01T09:00:00.000Z') {
  let now = Date.parse(start)
  return Object.assign(() => new Date(now), {
    advance(ms: number): void {
      now += ms
    },
  })
}
