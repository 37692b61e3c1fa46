/** Migrations of reviews. */
import type { Migrations } from '@pms/notifier/database'
import { type SqlBool, sql } from 'kysely'

export const reviewMigrations: Migrations = {
  '2026-11-23-15-review-cycles': async (db, types) => {
    await db.schema
      .createTable('review_cycles')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('period_start', 'text', column => column.notNull())
      .addColumn('period_end', 'text', column => column.notNull())
      .addColumn('deadline', 'text', column => column.notNull())
      .addColumn('status', 'text', column => column.notNull())
      .addColumn('scope', 'text', column => column.notNull())
      .addColumn('unit_id', 'text', column => column.references('org_units.id'))
      .addColumn('reason', 'text')
      .addColumn('created_by_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('activated_by_id', 'text', column => column.references('users.id'))
      .addColumn('activated_at', types.timestamp)
      .addColumn('ended_by_id', 'text', column => column.references('users.id'))
      .addColumn('ended_at', types.timestamp)
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .addColumn('updated_at', types.timestamp, column => column.notNull())
      .execute()
    await db.schema
      .createIndex('review_cycles_newest')
      .on('review_cycles')
      .columns(['created_at', 'id'])
      .execute()

    await db.schema
      .createTable('review_questions')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('cycle_id', 'text', column => column.notNull().references('review_cycles.id'))
      .addColumn('position', 'integer', column => column.notNull())
      .addColumn('trait', 'text', column => column.notNull())
      .addColumn('text', 'text', column => column.notNull())
      .addColumn('is_required', 'integer', column => column.notNull())
      .execute()
    await db.schema
      .createIndex('review_questions_of_cycle')
      .on('review_questions')
      .columns(['cycle_id', 'position'])
      .execute()

    await db.schema
      .createTable('review_participants')
      .addColumn('cycle_id', 'text', column => column.notNull().references('review_cycles.id'))
      .addColumn('user_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('assigned_at', types.timestamp)
      .addPrimaryKeyConstraint('review_participants_pk', ['cycle_id', 'user_id'])
      .execute()
    await db.schema
      .createIndex('review_participants_of_user')
      .on('review_participants')
      .column('user_id')
      .execute()

    await db.schema
      .createTable('review_peers')
      .addColumn('cycle_id', 'text', column => column.notNull().references('review_cycles.id'))
      .addColumn('user_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('peer_id', 'text', column => column.notNull().references('users.id'))
      .addPrimaryKeyConstraint('review_peers_pk', ['cycle_id', 'user_id', 'peer_id'])
      .execute()
  },

  '2026-11-23-16-reviews': async (db, types) => {
    await db.schema
      .createTable('reviews')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('cycle_id', 'text', column => column.notNull().references('review_cycles.id'))
      .addColumn('reviewee_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('reviewer_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('kind', 'text', column => column.notNull())
      .addColumn('status', 'text', column => column.notNull())
      .addColumn('due_on', 'text', column => column.notNull())
      .addColumn('revision', 'integer', column => column.notNull())
      .addColumn('reminders', 'integer', column => column.notNull())
      .addColumn('is_asked', 'integer', column => column.notNull())
      .addColumn('asked_at', types.timestamp, column => column.notNull())
      .addColumn('submitted_at', types.timestamp)
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .execute()
    // Nobody writes twice about the same person in one cycle.
    await db.schema
      .createIndex('reviews_of_reviewee')
      .unique()
      .on('reviews')
      .columns(['cycle_id', 'reviewee_id', 'reviewer_id'])
      .execute()
    await db.schema.createIndex('reviews_by_reviewee').on('reviews').column('reviewee_id').execute()
    await db.schema
      .createIndex('reviews_by_reviewer')
      .on('reviews')
      .columns(['reviewer_id', 'status'])
      .execute()
    await db.schema
      .createIndex('reviews_to_write')
      .on('reviews')
      .columns(['due_on', 'reminders'])
      .where(sql<SqlBool>`status in ('pending', 'in_progress')`)
      .execute()
    await db.schema
      .createIndex('reviews_closed_but_asked')
      .on('reviews')
      .column('cycle_id')
      .where(sql<SqlBool>`status = 'closed' and is_asked = 1`)
      .execute()

    await db.schema
      .createTable('review_answers')
      .addColumn('review_id', 'text', column => column.notNull().references('reviews.id'))
      .addColumn('question_id', 'text', column => column.notNull().references('review_questions.id'))
      .addColumn('rating', 'integer')
      .addColumn('comment', 'text')
      .addPrimaryKeyConstraint('review_answers_pk', ['review_id', 'question_id'])
      .execute()

    await db.schema
      .createTable('review_events')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('cycle_id', 'text', column => column.notNull().references('review_cycles.id'))
      .addColumn('review_id', 'text', column => column.references('reviews.id'))
      .addColumn('event', 'text', column => column.notNull())
      .addColumn('actor_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('from_status', 'text')
      .addColumn('to_status', 'text', column => column.notNull())
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .execute()
    await db.schema
      .createIndex('review_events_of')
      .on('review_events')
      .columns(['cycle_id', 'review_id', 'id'])
      .execute()
  },
}
