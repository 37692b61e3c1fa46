/** PMS itself as a side: the server program as it is, on SQLite or on PostgreSQL, with the limits for one caller open. */
import { fileURLToPath } from 'node:url'
import { readConfig } from '../../apps/server/src/config.ts'
import { databaseFile } from '../../apps/server/src/database.ts'
import { freshDatabase, startPostgres } from '../../tests/services/postgres.ts'
import { debianFolders, findProgram } from '../../tests/services/program.ts'
import { type Filler, fill, postgresFiller, sqliteFiller } from './fill.ts'
import { makeFolder, removeFolder } from './folder.ts'
import { PUBLISHER, plainTab, SECRET, tokenOf } from './people.ts'
import type { Plan } from './plan.ts'
import { populate } from './populate.ts'
import { launchNode } from './process.ts'
import type { Side } from './side.ts'

const PROGRAM = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))

/** What the load does from one address and with one key, many people do from many. */
const UNLIMITED = '1000000'

export const ours = {
  name: 'ours',
  about: 'PMS on SQLite',
  missing: async () => null,
  /** @param variables set for the server beside the usual ones */
  async prepare(people: number, variables: Readonly<Record<string, string>> = {}) {
    const folder = makeFolder('ours')
    return stageOf(folder, variables, people, {
      pids: [],
      filler: () => sqliteFiller(databaseFile(folder)),
      close: async () => removeFolder(folder),
    })
  },
} satisfies Side

export const oursPostgres: Side = {
  name: 'ours-postgres',
  about: 'PMS on PostgreSQL, on the same machine, as it comes',
  async missing() {
    try {
      findProgram('initdb', debianFolders('/usr/lib/postgresql', 'bin'))
      return null
    } catch {
      return 'PostgreSQL is not installed (on Debian: postgresql)'
    }
  },
  async prepare(people) {
    const folder = makeFolder('ours')
    const postgres = await startPostgres()
    const database = await freshDatabase(postgres.url)
    return stageOf(folder, { DATABASE_URL: database.url }, people, {
      pids: [postgres.pid()],
      filler: () => postgresFiller(database.url),
      async close() {
        await postgres.stop()
        removeFolder(folder)
      },
    })
  },
}

/** What is not in the folder. */
interface Elsewhere {
  /** Processes that work for the server. */
  pids: readonly number[]
  filler(): Filler
  close(): Promise<void>
}

/** @param variables where the database is, if not in the folder, and what else is set */
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
  const config = readConfig(env)
  const key = await populate(config, people)
  return {
    /** By which its database can be opened while no server runs. */
    config,
    async start() {
      const ready = /PMS is ready: http:\/\/127\.0\.0\.1:(\d+)/
      const { pid, ...running } = await launchNode({ args: ['--max-semi-space-size=8', PROGRAM], env, ready })
      return {
        ...running,
        pid,
        pids: [pid, ...elsewhere.pids],
        raiser: `Bearer ${key}`,
        publisher: `Bearer ${tokenOf(PUBLISHER)}`,
        tab: plainTab,
      }
    },
    fill: (plan: Plan) => fill(elsewhere.filler(), plan),
    close: elsewhere.close,
  }
}
