/** All that a database holds, to be compared with what it holds later. */
import type { TestServer } from '../../apps/server/src/testing/index.ts'

/** Written whenever somebody is there, or by the clock: nobody's data. */
const OF_NOBODY = ['sessions', 'leases', 'samples', 'system_', 'connections', 'ws_tickets', 'kysely_']

interface AnyTables {
  introspection: { getTables(): Promise<{ name: string }[]> }
  selectFrom(table: string): { selectAll(): { execute(): Promise<Record<string, unknown>[]> } }
}

/** A sign-in that was written down, and the empty inbox of somebody who looked into theirs. */
function isTrace(table: string, row: Record<string, unknown>): boolean {
  if (table === 'audit') return String(row.action).startsWith('session.')
  return table === 'inboxes' && row.version === 0
}

/** Rows of every table, as text; those that only tell that somebody was there are left out. */
export async function contentOf({ app }: TestServer): Promise<Record<string, string>> {
  // A table is named by its name here, which no type knows.
  const db = app.database.db as unknown as AnyTables
  const tables = await db.introspection.getTables()
  const content: Record<string, string> = {}
  for (const { name } of tables) {
    if (OF_NOBODY.some(start => name.startsWith(start))) continue
    const rows = await db.selectFrom(name).selectAll().execute()
    const kept = rows.filter(row => !isTrace(name, row))
    content[name] = kept
      .map(row => JSON.stringify(row))
      .sort()
      .join('\n')
  }
  return content
}
