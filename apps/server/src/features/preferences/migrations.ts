import type { Migrations } from '@pms/notifier/database'

export const preferenceMigrations: Migrations = {
  '2026-11-23-40-notification-preferences': async db => {
    await db.schema
      .createTable('notification_preferences')
      .addColumn('user_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('type', 'text', column => column.notNull())
      .addColumn('in_app', 'integer', column => column.notNull())
      .addColumn('sound', 'integer', column => column.notNull())
      .addColumn('desktop', 'integer', column => column.notNull())
      .addPrimaryKeyConstraint('notification_preferences_pk', ['user_id', 'type'])
      .execute()
  },
  '2026-11-23-41-muted-things': async (db, types) => {
    await db.schema
      .createTable('muted_things')
      .addColumn('user_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('object_type', 'text', column => column.notNull())
      .addColumn('object_id', 'text', column => column.notNull())
      .addColumn('message', 'text', column => column.notNull())
      .addColumn('action_url', 'text')
      .addColumn('muted_at', types.timestamp, column => column.notNull())
      .addPrimaryKeyConstraint('muted_things_pk', ['user_id', 'object_type', 'object_id'])
      .execute()
  },
}
