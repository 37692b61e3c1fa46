import type { Migrations } from '@pms/notifier/database'
import { sql } from 'kysely'

export const announcementMigrations: Migrations = {
  '2026-11-23-26-announcements': async (db, types) => {
    await db.schema
      .createTable('announcements')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('title', 'text', column => column.notNull())
      .addColumn('body', 'text', column => column.notNull())
      .addColumn('priority', 'text', column => column.notNull())
      .addColumn('status', 'text', column => column.notNull())
      .addColumn('audience', 'text', column => column.notNull())
      // Refers to a unit that may be gone: what was said to it stays said.
      .addColumn('unit_id', 'text')
      .addColumn('role', 'text')
      .addColumn('requires_acknowledgement', 'integer', column => column.notNull())
      .addColumn('author_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('published_by_id', 'text', column => column.references('users.id'))
      .addColumn('published_at', types.timestamp)
      .addColumn('recipient_count', 'integer', column => column.notNull())
      .addColumn('delivered_count', 'integer', column => column.notNull())
      .addColumn('delivered_through', 'text', column => column.notNull())
      .addColumn('delivered_at', types.timestamp)
      .addColumn('acknowledged_count', 'integer', column => column.notNull())
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .addColumn('updated_at', types.timestamp, column => column.notNull())
      .execute()
    await db.schema
      .createIndex('announcements_on_their_way')
      .on('announcements')
      .columns(['status', 'delivered_at'])
      .execute()

    await db.schema
      .createTable('announcement_recipients')
      .addColumn('announcement_id', 'text', column => column.notNull().references('announcements.id'))
      .addColumn('user_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('acknowledged_at', types.timestamp)
      .addPrimaryKeyConstraint('announcement_recipients_pk', ['announcement_id', 'user_id'])
      .execute()
    await db.schema
      .createIndex('announcement_recipients_of_user')
      .on('announcement_recipients')
      .column('user_id')
      .execute()
  },
  '2026-11-23-70-announcements-asking': async db => {
    await db.schema
      .createIndex('announcements_asking')
      .on('announcements')
      .column('id')
      .where(sql.ref('requires_acknowledgement'), '=', sql.lit(1))
      .execute()
  },
  // A publication wrote a page of it for each recipient, so that it took the longer the more had been published before.
  // Whoever asks by person comes from the announcements, which are few.
  '2026-11-23-71-recipients-by-announcement-contract': async db => {
    await db.schema.dropIndex('announcement_recipients_of_user').execute()
  },
}
