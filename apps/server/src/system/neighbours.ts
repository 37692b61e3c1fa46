/**
 * Other servers on the same database, known by what they write of themselves. Without Redis a server does not hear them,
 * and would not know it.
 */
import { type Kysely, sql } from 'kysely'
import { type NodeOfOurs, SILENT_MS } from './samples.ts'

export type Neighbours = ReturnType<typeof createNeighbours>

interface Server {
  id: string
  name: string
  started_at: string
  seen_at: string
}

/**
 * Keeps in mind which other servers there are.
 * @param onOthers told when there are some and were none before
 */
export function createNeighbours(onOthers: (names: string[]) => void) {
  let names: string[] = []
  return {
    /** Whether it is the only one, as far as it knows. */
    isAlone: () => names.length === 0,

    /** Looks for them on behalf of this one. */
    async look<T>(db: Kysely<T>, { id, startedAt }: NodeOfOurs, now: Date): Promise<void> {
      const others = (await running(db)).filter(server => server.id !== id)
      // One that died before this one began has not said goodbye either.
      const found = heardOf(others, Date.parse(startedAt), now.getTime())
      if (found.length > 0 && names.length === 0) onOthers(found)
      names = found
    },
  }
}

/** Names of the servers that work side by side. One that has just begun is counted as soon as all have written again. */
export async function serversAtOnce<T>(db: Kysely<T>, now: Date): Promise<string[]> {
  const servers = await running(db)
  const youngest = Math.max(0, ...servers.map(({ started_at }) => Date.parse(started_at)))
  return heardOf(servers, youngest, now.getTime())
}

/** Those that have not said goodbye. */
async function running<T>(db: Kysely<T>): Promise<Server[]> {
  const { rows } = await sql<Server>`
    select id, name, started_at, seen_at from system_nodes where stopped_at is null order by name`.execute(db)
  return rows
}

/** Names of those that wrote since then, and not too long ago. */
const heardOf = (servers: readonly Server[], since: number, now: number): string[] =>
  servers
    .filter(({ seen_at }) => Date.parse(seen_at) >= Math.max(since, now - SILENT_MS))
    .map(({ name }) => name)
