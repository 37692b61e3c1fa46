import type { Migrations } from '@pms/notifier/database'

export const ingestMigrations: Migrations = {
  '2026-11-23-33-registered-types': async (db, types) => {
    await db.schema
      .createTable('registered_types')
      .addColumn('type', 'text', column => column.primaryKey())
      .addColumn('priority', 'text', column => column.notNull())
      .addColumn('title', 'text', column => column.notNull())
      .addColumn('message', 'text', column => column.notNull())
      .addColumn('action_url', 'text')
      .addColumn('data_schema', types.json, column => column.notNull())
      .addColumn('created_by_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .addColumn('updated_at', types.timestamp, column => column.notNull())
      .execute()
  },
}
