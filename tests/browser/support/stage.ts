/**
 * What one test is played on, with the built web app and three people who can sign in: a server on SQLite, or several
 * behind nginx on PostgreSQL and Redis. It can be stopped and started again where it was, as a deployment does.
 */
import { newHome, type Person, startServer, type TestServer } from '../../../apps/server/src/testing/index.ts'
import { startNginx } from '../../services/nginx.ts'

export const PASSWORD = 'correct horse battery'

export interface People {
  mary: Person
  jane: Person
  john: Person
}

export interface StageOptions {
  /** Environment variables of the servers. */
  env?: Record<string, string>
  /** How many servers there are; more than one stand behind nginx as it is shipped. */
  servers?: number
}

export type Stage = Awaited<ReturnType<typeof openStage>>

export async function openStage({ env = {}, servers: count = 1 }: StageOptions = {}) {
  const isCluster = count > 1
  const home = await newHome(isCluster ? 'postgres' : 'sqlite')
  const options = { dataDir: home.dataDir, env: isCluster ? { TRUST_PROXY: '127.0.0.1', ...env } : env }
  const startAt = (ports: readonly number[]) =>
    Promise.all(ports.map(port => startServer({ ...options, port })))
  let servers = await startAt(Array<number>(count).fill(0))
  const ports = servers.map(({ url }) => Number(new URL(url).port))
  // nginx gives sockets to each in turn, and `server` gets none before the other: what is done there concerns people
  // who are connected elsewhere.
  const nginx = isCluster ? await startNginx(ports.toReversed()) : null
  const url = nginx?.url ?? first().url
  await refuseUnbuilt(first())

  async function stop(): Promise<void> {
    const ending = servers
    servers = []
    await Promise.all(ending.map(server => server.close()))
  }

  function first(): TestServer {
    const [server] = servers
    if (!server) throw new Error('The server is stopped')
    return server
  }

  return {
    /** Where browsers go. */
    url,
    /** No server answers at the address from here on. */
    stop,
    /** Servers at the same address, over what the last ones left. */
    async start(): Promise<void> {
      servers = await startAt(ports)
    },
    /** Lets something happen while nobody answers at the address: by a server elsewhere, over the same database. */
    async aside(work: (elsewhere: TestServer) => Promise<unknown>): Promise<void> {
      if (servers.length > 0) throw new Error('The address is to be silent meanwhile: stop the server first')
      const elsewhere = await startServer(options)
      try {
        await work(elsewhere)
      } finally {
        await elsewhere.close()
      }
    },
    /** The server that answers now; of several, always the same one. */
    get server(): TestServer {
      return first()
    },
    /** From now on jobs run at every server, by the clock and when something is left to them. */
    startJobs(): void {
      for (const { app } of servers) app.jobs.start()
    },
    async close(): Promise<void> {
      await nginx?.stop()
      await stop()
      await home.remove()
    },
  }
}

/** John reports to Jane, Jane to Mary; all can sign in. */
export async function addPeople(server: TestServer): Promise<People> {
  const mary = await server.addPerson('Mary Okafor', { password: PASSWORD })
  const jane = await server.addPerson('Jane Smith', { password: PASSWORD, supervisor: mary })
  const john = await server.addPerson('John Doe', { password: PASSWORD, supervisor: jane })
  return { mary, jane, john }
}

/** Without the web app every test would wait in vain for its first page. */
async function refuseUnbuilt(server: TestServer): Promise<void> {
  const { status } = await server.rest().get('/')
  if (status !== 200) throw new Error('The web app is not built. Run: npm test -- browser')
}
