import type { Migrations } from '@pms/notifier/database'

export const requestMigrations: Migrations = {
  '2026-11-23-10-requests': async (db, types) => {
    await db.schema
      .createTable('request_holders')
      .addColumn('object_type', 'text', column => column.notNull())
      .addColumn('object_id', 'text', column => column.notNull())
      .addColumn('user_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('subject_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('asked_at', types.timestamp, column => column.notNull())
      .addPrimaryKeyConstraint('request_holders_pk', ['object_type', 'object_id', 'user_id'])
      .execute()
    await db.schema
      .createIndex('request_holders_by_subject')
      .on('request_holders')
      .column('subject_id')
      .execute()
  },
}
