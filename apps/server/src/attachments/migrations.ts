import type { Migrations } from '@pms/notifier/database'
import { sql } from 'kysely'

export const attachmentMigrations: Migrations = {
  '2026-11-23-30-attachments': async (db, types) => {
    await db.schema
      .createTable('attachments')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('media_type', 'text', column => column.notNull())
      .addColumn('size', 'integer', column => column.notNull())
      .addColumn('uploaded_by_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('object_type', 'text')
      .addColumn('object_id', 'text')
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .execute()
    await db.schema
      .createIndex('attachments_of_object')
      .on('attachments')
      .columns(['object_type', 'object_id'])
      .where(sql.ref('object_id'), 'is not', null)
      .execute()
    await db.schema
      .createIndex('attachments_unclaimed')
      .on('attachments')
      .columns(['uploaded_by_id', 'created_at'])
      .where(sql.ref('object_id'), 'is', null)
      .execute()
  },
}
