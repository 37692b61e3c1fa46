/** PMS itself as a side: the server program as it is, on SQLite or on PostgreSQL, with the limits for one caller open. */
import { fileURLToPath } from 'node:url'
import type { Config } from '../../apps/server/src/config.ts'
import { readConfig } from '../../apps/server/src/config.ts'
import { makeFolder, removeFolder } from './folder.ts'
import { SECRET, tokenOf } from './people.ts'
import { populate } from './populate.ts'
import { launch } from './process.ts'
import type { Side } from './side.ts'

const PROGRAM = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))

/** What the load does from one address and with one key, many people do from many. */
const UNLIMITED = '1000000'

export const ours: Side = {
  name: 'ours',
  about: 'PMS on SQLite',
  missing: async () => null,
  async prepare(people) {
    const folder = makeFolder('ours')
    return stageOf(folder, {}, people, {
      pids: () => [],
      close: async () => removeFolder(folder),
    })
  },
}

/** A database that is somewhere else. */
interface Elsewhere {
  /** Processes that work for it. */
  pids(): number[]
  close(): Promise<void>
}

/** @param variables where the database is, if not in `folder` */
async function stageOf(
  folder: string,
  variables: Readonly<Record<string, string>>,
  people: number,
  elsewhere: Elsewhere,
) {
  const env = {
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    DATA_DIR: folder,
    JWT_SECRET: SECRET,
    PORT: '0',
    DRAIN_SECONDS: '0',
    REST_PER_SECOND: UNLIMITED,
    UPGRADES_PER_SECOND: UNLIMITED,
    COMMANDS_PER_SECOND: UNLIMITED,
    ...variables,
  }
  const config: Config = readConfig(env)
  const key = await populate(config, people)
  return {
    async start() {
      const { pid, port, stop } = await launch({
        program: process.execPath,
        args: [PROGRAM],
        env,
        ready: /PMS is ready: http:\/\/127\.0\.0\.1:(\d+)/,
      })
      return {
        port,
        raiser: `Bearer ${key}`,
        pids: () => [pid, ...elsewhere.pids()],
        tab: (person: number) => ({
          path: `/api/notifications/ws?token=${tokenOf(person)}`,
          speaks: 'plain' as const,
        }),
        stop,
      }
    },
    close: elsewhere.close,
  }
}
