/**
 * Migrations: the form they have, how they run, and those of the engine itself.
 *
 * A migration is a function under a name that sorts by its date. It is written once for every database engine.
 */
import { randomUUID } from 'node:crypto'
import { type Kysely, type SqlBool, sql } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration'
import type { Capabilities } from './capabilities.ts'
import { DatabaseNewer } from './errors.ts'

export type Migrations = Record<string, (db: Kysely<unknown>, types: Capabilities) => Promise<void>>

/**
 * Ends the name of a migration that takes away, or demands, what the version before it needs or does not give. All
 * others leave a database in which the version before goes on working: the two run side by side while a deployment lasts.
 */
const CONTRACT = '-contract'

const MAX_REPEATS = 5

/**
 * Runs the migrations that this database has not seen, in the order of their names. Those of a newer version, which
 * this one does not know, are let be.
 * @throws {DatabaseNewer} when one of them took away what this version needs; and what a failed migration threw
 */
export async function migrate<T>(db: Kysely<T>, capabilities: Capabilities, migrations: Migrations) {
  const known: Record<string, Migration> = {}
  for (const [name, up] of Object.entries(migrations)) {
    known[name] = { up: schema => up(schema as Kysely<unknown>, capabilities) }
  }
  for (let again = 0; ; again++) {
    const newer = (await executed(db)).filter(name => !(name in known))
    const contracts = newer.filter(name => name.endsWith(CONTRACT))
    if (contracts.length > 0) throw new DatabaseNewer(contracts)
    const provided = { ...known, ...Object.fromEntries(newer.map(name => [name, { up: async () => {} }])) }
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => provided },
      // Features migrate on their own: one may add an older name than another's newest.
      allowUnorderedMigrations: true,
    })
    const { error, results = [] } = await migrator.migrateToLatest()
    if (!error) return results.map(result => result.migrationName)
    // A newer version may have run its migrations since they were looked at: then there are more to let be.
    const isOutdated = (await executed(db)).some(name => !(name in provided))
    if (!isOutdated || again >= MAX_REPEATS) throw error
  }
}

/** Names of the migrations that this database has seen. */
async function executed<T>(db: Kysely<T>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return []
  const rows = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db)
  return rows.rows.map(({ name }) => name)
}

export const notifierMigrations: Migrations = {
  '2026-11-23-01-notifier': async (db, types) => {
    await db.schema
      .createTable('installation')
      .addColumn('id', 'integer', column => column.primaryKey())
      .addColumn('epoch', 'text', column => column.notNull())
      .execute()
    await sql`insert into installation (id, epoch) values (1, ${randomUUID()})`.execute(db)

    await db.schema
      .createTable('inboxes')
      .addColumn('user_id', 'text', column => column.primaryKey())
      .addColumn('version', 'bigint', column => column.notNull().defaultTo(0))
      .addColumn('sync_floor', 'bigint', column => column.notNull().defaultTo(0))
      .addColumn('unread_count', 'integer', column => column.notNull().defaultTo(0))
      .addColumn('total_count', 'integer', column => column.notNull().defaultTo(0))
      .addCheckConstraint('inboxes_counts_hold', sql`0 <= unread_count and unread_count <= total_count`)
      .execute()

    await db.schema
      .createTable('inbox_counts')
      .addColumn('user_id', 'text', column => column.notNull().references('inboxes.user_id'))
      .addColumn('type', 'text', column => column.notNull())
      .addColumn('priority', 'text', column => column.notNull())
      .addColumn('total', 'integer', column => column.notNull())
      .addColumn('unread', 'integer', column => column.notNull())
      .addPrimaryKeyConstraint('inbox_counts_pk', ['user_id', 'type', 'priority'])
      .execute()

    await db.schema
      .createTable('notifications')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('user_id', 'text', column => column.notNull().references('inboxes.user_id'))
      .addColumn('seq', 'bigint', column => column.notNull())
      .addColumn('version', 'bigint', column => column.notNull())
      .addColumn('type', 'text', column => column.notNull())
      .addColumn('priority', 'text', column => column.notNull())
      .addColumn('title', 'text', column => column.notNull())
      .addColumn('message', 'text', column => column.notNull())
      .addColumn('action_url', 'text')
      .addColumn('data', types.json, column => column.notNull())
      .addColumn('actor_id', 'text')
      .addColumn('actor_name', 'text')
      .addColumn('object_type', 'text')
      .addColumn('object_id', 'text')
      .addColumn('needs_action', 'integer', column => column.notNull())
      .addColumn('dedupe_key', 'text')
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .addColumn('read_at', types.timestamp)
      .addColumn('read_version', 'bigint')
      .addColumn('resolved_at', types.timestamp)
      .addColumn('resolved_by_name', 'text')
      .addColumn('deleted_at', types.timestamp)
      .execute()

    await db.schema
      .createIndex('notifications_newest')
      .on('notifications')
      .columns(['user_id', 'seq desc'])
      .where(sql.ref('deleted_at'), 'is', null)
      .execute()
    await db.schema
      .createIndex('notifications_unread')
      .on('notifications')
      .columns(['user_id', 'seq desc'])
      .where(sql<SqlBool>`deleted_at is null and read_at is null`)
      .execute()
    await db.schema
      .createIndex('notifications_by_version')
      .on('notifications')
      .columns(['user_id', 'version'])
      .execute()
    await db.schema
      .createIndex('notifications_open_requests')
      .on('notifications')
      .columns(['object_type', 'object_id'])
      .where(sql<SqlBool>`needs_action = 1 and resolved_at is null`)
      .execute()
    await db.schema
      .createIndex('notifications_once')
      .unique()
      .on('notifications')
      .columns(['user_id', 'dedupe_key'])
      .where(sql.ref('dedupe_key'), 'is not', null)
      .execute()
  },

  '2026-11-23-02-notifier-awaiting': async db => {
    await db.schema
      .createIndex('notifications_awaiting')
      .on('notifications')
      .columns(['user_id', 'seq desc'])
      .where(sql<SqlBool>`needs_action = 1 and resolved_at is null and deleted_at is null`)
      .execute()
  },

  '2026-11-23-61-notifier-deleted': async db => {
    await db.schema
      .createIndex('notifications_deleted_newest')
      .on('notifications')
      .columns(['user_id', 'seq desc'])
      .where(sql.ref('deleted_at'), 'is not', null)
      .execute()
  },

  '2026-11-23-65-notifier-traces': async db => {
    // What was deleted, by when: it is forgotten in that order.
    await db.schema
      .createIndex('notifications_deleted')
      .on('notifications')
      .column('deleted_at')
      .where(sql.ref('deleted_at'), 'is not', null)
      .execute()
  },
}
