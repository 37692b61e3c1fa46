/** A server in the process of the test, where its heartbeat can be as quick as the test wants. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer, type TestServerOptions } from '../../../apps/server/src/testing/index.ts'
import type { ConnectionStats } from '../../../packages/protocol/src/index.ts'
import { hire, SECRET } from './cast.ts'
import { openProxy } from './proxy.ts'

export interface IndoorsOptions extends Pick<TestServerOptions, 'limits'> {
  chiefs: number
  staffEach: number
}

export type Indoors = Awaited<ReturnType<typeof openIndoors>>

export async function openIndoors({ chiefs, staffEach, limits = {} }: IndoorsOptions) {
  const dataDir = mkdtempSync(join(tmpdir(), 'pms-faults-'))
  const cast = await hire(dataDir, chiefs, staffEach)
  const server = await startServer({ dataDir, limits, env: { JWT_SECRET: SECRET } })
  const proxy = await openProxy()
  proxy.aim(Number(new URL(server.url).port))
  const [someone] = [...cast.chiefs, ...cast.staff]
  const rest = server.rest(await someone?.token())

  return {
    cast,
    dataDir,
    url: server.url,
    up: async () => server.url,
    proxy,
    /** How many sockets the server counts as connected. */
    async connections(): Promise<number> {
      const { body } = await rest.get<ConnectionStats>('/api/notifications/connection-stats')
      return body.total_connections
    },
    /** Lines of the log that tell of trouble. */
    troubles: () => server.log.filter(line => JSON.parse(line).level >= 50),
    /** Stops the server; what it left can be read. */
    stop: () => server.close(),
    async close(): Promise<void> {
      await proxy.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}
