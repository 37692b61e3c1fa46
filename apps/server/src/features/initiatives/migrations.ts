/** Migrations of initiatives. */
import type { Migrations } from '@pms/notifier/database'
import { type SqlBool, sql } from 'kysely'

export const initiativeMigrations: Migrations = {
  '2026-11-23-11-initiatives': async (db, types) => {
    await db.schema
      .createTable('initiatives')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('type', 'text', column => column.notNull())
      .addColumn('title', 'text', column => column.notNull())
      .addColumn('description', 'text')
      .addColumn('status', 'text', column => column.notNull())
      .addColumn('urgency', 'text', column => column.notNull())
      .addColumn('due_date', 'text', column => column.notNull())
      .addColumn('goal_id', 'text', column => column.references('goals.id'))
      .addColumn('revision', 'integer', column => column.notNull())
      .addColumn('creator_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('head_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('waiting_since', types.timestamp)
      .addColumn('reason', 'text')
      .addColumn('status_before_overdue', 'text')
      .addColumn('overdue_for_date', 'text')
      .addColumn('report', 'text')
      .addColumn('submitted_at', types.timestamp)
      .addColumn('score', 'integer')
      .addColumn('feedback', 'text')
      .addColumn('reviewed_by_id', 'text', column => column.references('users.id'))
      .addColumn('reviewed_at', types.timestamp)
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .addColumn('updated_at', types.timestamp, column => column.notNull())
      .execute()
    const index = (name: string, ...columns: string[]) =>
      db.schema.createIndex(name).on('initiatives').columns(columns).execute()
    await index('initiatives_newest', 'created_at', 'id')
    await index('initiatives_by_creator', 'creator_id', 'status')
    await index('initiatives_by_head', 'head_id', 'status')
    await index('initiatives_by_due_date', 'status', 'due_date')
    await index('initiatives_by_goal', 'goal_id')

    await db.schema
      .createTable('initiative_assignees')
      .addColumn('initiative_id', 'text', column => column.notNull().references('initiatives.id'))
      .addColumn('user_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('left_at', types.timestamp)
      .addPrimaryKeyConstraint('initiative_assignees_pk', ['initiative_id', 'user_id'])
      .execute()
    await db.schema
      .createIndex('initiative_assignees_by_user')
      .on('initiative_assignees')
      .columns(['user_id', 'initiative_id'])
      .execute()
  },

  '2026-11-23-12-initiative-extensions': async (db, types) => {
    await db.schema
      .createTable('initiative_extensions')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('initiative_id', 'text', column => column.notNull().references('initiatives.id'))
      .addColumn('status', 'text', column => column.notNull())
      .addColumn('requested_by_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('due_date', 'text', column => column.notNull())
      .addColumn('new_due_date', 'text', column => column.notNull())
      .addColumn('reason', 'text', column => column.notNull())
      .addColumn('decided_by_id', 'text', column => column.references('users.id'))
      .addColumn('decided_at', types.timestamp)
      .addColumn('denial_reason', 'text')
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .execute()
    await db.schema
      .createIndex('initiative_extensions_of_initiative')
      .on('initiative_extensions')
      .columns(['initiative_id', 'id'])
      .execute()
    await db.schema
      .createIndex('initiative_extensions_one_open')
      .unique()
      .on('initiative_extensions')
      .column('initiative_id')
      .where(sql<SqlBool>`status = 'PENDING'`)
      .execute()
  },

  '2026-11-23-13-initiative-events': async (db, types) => {
    await db.schema
      .createTable('initiative_events')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('initiative_id', 'text', column => column.notNull().references('initiatives.id'))
      .addColumn('event', 'text', column => column.notNull())
      .addColumn('actor_id', 'text', column => column.references('users.id'))
      .addColumn('from_status', 'text')
      .addColumn('to_status', 'text', column => column.notNull())
      .addColumn('note', 'text')
      .addColumn('due_date', 'text')
      .addColumn('changed_fields', 'text', column => column.notNull())
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .execute()
    // Ids are UUIDs of version 7: within an initiative they sort by time.
    await db.schema
      .createIndex('initiative_events_of_initiative')
      .on('initiative_events')
      .columns(['initiative_id', 'id'])
      .execute()
  },
}
