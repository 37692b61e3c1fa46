/** Reading the audit trail. Who may is decided by who calls. */
import type { AuditEntry, AuditPage, AuditQuery, HistoryQuery } from '@pms/contract'
import { type Expression, type Kysely, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { addDays, endOfDay } from '../calendar.ts'
import type { Tables } from '../database.ts'
import { pageOf } from '../paging.ts'
import type { AuditTable } from './tables.ts'

/** Entries that this query selects, newest first. */
export function listAudit(db: Kysely<Tables>, query: AuditQuery, timeZone: string): Promise<AuditPage> {
  let selected = db.selectFrom('audit')
  const { actor_id, action, object_type, object_id, from, to } = query
  if (actor_id) selected = selected.where('actor_id', '=', actor_id)
  if (action) selected = selected.where(({ ref }) => startsWith(ref('action'), action))
  if (object_type) selected = selected.where('object_type', '=', object_type)
  if (object_id) selected = selected.where('object_id', '=', object_id)
  if (from) selected = selected.where('at', '>=', endOfDay(addDays(from, -1), timeZone))
  if (to) selected = selected.where('at', '<', endOfDay(to, timeZone))
  return page(selected, query)
}

/** What was done to one thing, newest first. */
export function historyOf(
  db: Kysely<Tables>,
  object: { type: string; id: string },
  query: HistoryQuery,
): Promise<AuditPage> {
  const selected = db
    .selectFrom('audit')
    .where('object_type', '=', object.type)
    .where('object_id', '=', object.id)
  return page(selected, query)
}

async function page(
  selected: SelectQueryBuilder<Tables, 'audit', object>,
  { skip, limit }: HistoryQuery,
): Promise<AuditPage> {
  const { total } = await selected
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await selected
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .offset(skip)
    .limit(limit)
    .execute()
  return pageOf(rows.map(toEntry), total, skip)
}

function toEntry(row: AuditTable): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actor: { id: row.actor_id, name: row.actor_name },
    action: row.action,
    object: { type: row.object_type, id: row.object_id },
    detail: JSON.parse(row.detail),
  }
}

/** Signs that mean something to LIKE mean themselves. */
function startsWith(column: Expression<string>, text: string): Expression<SqlBool> {
  return sql<SqlBool>`${column} like ${`${text.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`
}
