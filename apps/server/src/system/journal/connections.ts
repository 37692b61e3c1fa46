/** Connections of a person as all processes wrote them down, and what became of those whose process is no more. */
import type { Kysely } from 'kysely'
import type { Tables } from '../../database.ts'
import { NODES_KEPT_MS, type NodeOfOurs, SILENT_MS } from '../samples.ts'
import type { KnownConnection } from './judge.ts'

/** Those whom a notification may have reached first tell its story; a page that is opened often makes many more. */
const MOST_CONNECTIONS = 20

type Db = Kysely<Tables>

interface Which {
  node: NodeOfOurs
  now: Date
  openOnly?: boolean
  /** Those that lived then or later. */
  since?: string
}

/** Those that began first. */
export async function connectionsOf(
  db: Db,
  userId: string,
  { node, now, openOnly = false, since }: Which,
): Promise<KnownConnection[]> {
  const rows = await db
    .selectFrom('connections')
    .leftJoin('sessions', 'sessions.id', 'connections.session_id')
    .where('connections.user_id', '=', userId)
    .$if(openOnly, query => query.where('closed_at', 'is', null))
    .$if(since !== undefined, query =>
      query.where(({ eb, or }) => or([eb('closed_at', 'is', null), eb('closed_at', '>=', since ?? '')])),
    )
    .selectAll('connections')
    .select('sessions.user_agent as device')
    .orderBy('opened_at')
    .limit(MOST_CONNECTIONS)
    .execute()
  if (!rows.some(row => row.closed_at === null)) return rows.map(row => ({ ...row, isLost: false }))
  const endOf = await endsOfNodes(db, node, now)
  return rows.flatMap(row => {
    const end = row.closed_at === null ? endOf(row.node_id) : null
    // It ended with its server, before the time that is asked about.
    if (end !== null && since !== undefined && end < since) return []
    return { ...row, isLost: end !== null }
  })
}

/** By when a process was gone at the latest: it said so, was not heard of for long, or another is in its place; or null. */
async function endsOfNodes(db: Db, node: NodeOfOurs, now: Date): Promise<(id: string) => string | null> {
  const nodes = await db
    .selectFrom('system_nodes')
    .select(['id', 'name', 'started_at', 'seen_at', 'stopped_at'])
    .execute()
  const ours = { name: node.name, started_at: node.startedAt }
  const ends = new Map<string, string | null>()
  for (const { id, name, started_at, seen_at, stopped_at } of nodes) {
    const isReplaced = [ours, ...nodes].some(other => other.name === name && other.started_at > started_at)
    const isSilent = now.getTime() - Date.parse(seen_at) > SILENT_MS
    ends.set(id, stopped_at !== null || isReplaced || isSilent ? seen_at : null)
  }
  ends.set(node.id, null)
  // Nobody has heard of the others for a day.
  const longGone = new Date(now.getTime() - NODES_KEPT_MS).toISOString()
  return id => (ends.has(id) ? (ends.get(id) ?? null) : longGone)
}

/** What processes of the last day said of it, and this one. */
export async function unrecordedIn(db: Db, ourId: string, ours: number): Promise<number> {
  const rows = await db.selectFrom('system_nodes').where('id', '!=', ourId).select('numbers').execute()
  const others = rows.map(({ numbers }) => (JSON.parse(numbers) as { unrecorded?: number }).unrecorded ?? 0)
  return others.reduce((sum, count) => sum + count, ours)
}
