import type { Migrations } from '@pms/notifier/database'

export const keyMigrations: Migrations = {
  '2026-11-23-32-api-keys': async (db, types) => {
    await db.schema
      .createTable('api_keys')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('scopes', types.json, column => column.notNull())
      .addColumn('hash', 'text', column => column.notNull())
      .addColumn('created_by_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .addColumn('expires_at', types.timestamp)
      .addColumn('last_used_at', types.timestamp)
      .addColumn('revoked_by_id', 'text', column => column.references('users.id'))
      .addColumn('revoked_at', types.timestamp)
      .execute()
  },
}
