import type { Migrations } from '@pms/notifier/database'

export const idempotencyMigrations: Migrations = {
  '2026-11-23-31-idempotent-calls': async (db, types) => {
    await db.schema
      .createTable('idempotent_calls')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('fingerprint', 'text', column => column.notNull())
      .addColumn('status', 'integer', column => column.notNull())
      .addColumn('answer', types.json, column => column.notNull())
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .execute()
    await db.schema.createIndex('idempotent_calls_age').on('idempotent_calls').column('created_at').execute()
  },
}
