import type { Migrations } from '@pms/notifier/database'

export const authMigrations: Migrations = {
  '2026-11-23-03-sessions': async (db, types) => {
    await db.schema
      .createTable('sessions')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('user_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('generation', 'integer', column => column.notNull())
      .addColumn('rotated_at', types.timestamp, column => column.notNull())
      .addColumn('user_agent', 'text')
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .addColumn('last_used_at', types.timestamp, column => column.notNull())
      .addColumn('expires_at', types.timestamp, column => column.notNull())
      .addColumn('revoked_at', types.timestamp)
      .execute()
    await db.schema.createIndex('sessions_user').on('sessions').column('user_id').execute()
  },
  '2026-11-23-05-ws-tickets': async (db, types) => {
    await db.schema
      .createTable('ws_tickets')
      .addColumn('hash', 'text', column => column.primaryKey())
      .addColumn('user_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('session_id', 'text', column => column.notNull())
      .addColumn('access_until', 'bigint', column => column.notNull())
      .addColumn('expires_at', types.timestamp, column => column.notNull())
      .execute()
  },
  '2026-11-23-20-onboarding': async (db, types) => {
    await db.schema
      .createTable('onboarding_links')
      .addColumn('hash', 'text', column => column.primaryKey())
      .addColumn('user_id', 'text', column => column.notNull().unique().references('users.id'))
      .addColumn('expires_at', types.timestamp, column => column.notNull())
      .execute()
  },
}
