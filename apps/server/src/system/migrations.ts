import type { Migrations } from '@pms/notifier/database'

/** Since this one ran, connections are known. */
export const CONNECTIONS = '2026-11-23-60-connections'

export const systemMigrations: Migrations = {
  '2026-11-23-50-system': async (db, types) => {
    await db.schema
      .createTable('system_nodes')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('version', 'text', column => column.notNull())
      .addColumn('started_at', types.timestamp, column => column.notNull())
      .addColumn('seen_at', types.timestamp, column => column.notNull())
      .addColumn('stopped_at', types.timestamp)
      .addColumn('numbers', types.json, column => column.notNull())
      .addColumn('jobs', types.json, column => column.notNull())
      .execute()
    await db.schema
      .createTable('system_samples')
      .addColumn('node_id', 'text', column => column.notNull().references('system_nodes.id'))
      .addColumn('at', types.timestamp, column => column.notNull())
      .addColumn('numbers', types.json, column => column.notNull())
      .addColumn('kept_until', types.timestamp, column => column.notNull())
      .addPrimaryKeyConstraint('system_samples_pk', ['node_id', 'at'])
      .execute()
  },
  [CONNECTIONS]: async (db, types) => {
    await db.schema
      .createTable('connections')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('node_id', 'text', column => column.notNull())
      .addColumn('server', 'text', column => column.notNull())
      .addColumn('user_id', 'text', column => column.notNull())
      .addColumn('session_id', 'text', column => column.notNull())
      .addColumn('opened_at', types.timestamp, column => column.notNull())
      .addColumn('closed_at', types.timestamp)
      .addColumn('code', 'integer')
      .addColumn('start', 'text', column => column.notNull())
      .addColumn('first', 'bigint', column => column.notNull())
      .addColumn('version', 'bigint', column => column.notNull())
      .addColumn('heard_at', types.timestamp, column => column.notNull())
      .addColumn('seen_at', types.timestamp, column => column.notNull())
      .execute()
    await db.schema
      .createIndex('connections_user')
      .on('connections')
      .columns(['user_id', 'opened_at'])
      .execute()
    await db.schema.createIndex('connections_seen').on('connections').column('seen_at').execute()
  },
}
