/**
 * A server for one test, with the built web app and three people who can sign in. It can be stopped and started
 * again where it was, as a deployment does.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Person, startServer, type TestServer } from '../../../apps/server/src/testing/index.ts'

export const PASSWORD = 'correct horse battery'

export interface People {
  mary: Person
  jane: Person
  john: Person
}

export type Stage = Awaited<ReturnType<typeof openStage>>

/** @param options `env`: environment variables of the server */
export async function openStage(options: { env?: Record<string, string> } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'pms-browser-'))
  let server: TestServer | null = await startServer({ ...options, dataDir })
  const { url } = server
  await refuseUnbuilt(server)

  async function stop(): Promise<void> {
    await server?.close()
    server = null
  }

  return {
    url,
    /** Nobody answers at the address from here on. */
    stop,
    /** A server at the same address, over what the last one left. */
    async start(): Promise<void> {
      server = await startServer({ ...options, dataDir, port: Number(new URL(url).port) })
    },
    /** Lets something happen while nobody answers at the address: by a server elsewhere, over the same database. */
    async aside(work: (elsewhere: TestServer) => Promise<unknown>): Promise<void> {
      if (server) throw new Error('Two servers cannot share a database: stop the first')
      const elsewhere = await startServer({ ...options, dataDir })
      try {
        await work(elsewhere)
      } finally {
        await elsewhere.close()
      }
    },
    /** The server that answers now. */
    get server(): TestServer {
      if (!server) throw new Error('The server is stopped')
      return server
    },
    async close(): Promise<void> {
      await stop()
      rmSync(dataDir, { recursive: true })
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
