/** Migrations of goals. */
import type { Migrations } from '@pms/notifier/database'
import { sql } from 'kysely'

export const goalMigrations: Migrations = {
  '2026-11-23-04-goals': async (db, types) => {
    await db.schema
      .createTable('goals')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('type', 'text', column => column.notNull())
      .addColumn('title', 'text', column => column.notNull())
      .addColumn('description', 'text')
      .addColumn('status', 'text', column => column.notNull())
      .addColumn('quarter', 'text')
      .addColumn('year', 'integer', column => column.notNull())
      .addColumn('start_date', 'text')
      .addColumn('end_date', 'text')
      .addColumn('progress', 'integer', column => column.notNull())
      .addColumn('revision', 'integer', column => column.notNull())
      .addColumn('owner_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('assigned_by_id', 'text', column => column.references('users.id'))
      .addColumn('unit_id', 'text', column => column.references('org_units.id'))
      .addColumn('parent_goal_id', 'text', column => column.references('goals.id'))
      .addColumn('waiting_since', types.timestamp)
      .addColumn('reason', 'text')
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .addColumn('updated_at', types.timestamp, column => column.notNull())
      .execute()
    await db.schema.createIndex('goals_by_owner').on('goals').columns(['owner_id', 'created_at']).execute()
    await db.schema.createIndex('goals_by_status').on('goals').columns(['status', 'created_at']).execute()
    await db.schema.createIndex('goals_newest').on('goals').columns(['created_at', 'id']).execute()

    await db.schema
      .createTable('goal_events')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('goal_id', 'text', column => column.notNull().references('goals.id'))
      .addColumn('event', 'text', column => column.notNull())
      .addColumn('actor_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('from_status', 'text')
      .addColumn('to_status', 'text', column => column.notNull())
      .addColumn('note', 'text')
      .addColumn('percent', 'integer')
      .addColumn('changed_fields', 'text', column => column.notNull())
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .execute()
    // Ids are UUIDs of version 7: within a goal they sort by time.
    await db.schema.createIndex('goal_events_of_goal').on('goal_events').columns(['goal_id', 'id']).execute()
  },

  '2026-11-23-36-goal-freezes': async (db, types) => {
    await db.schema
      .createTable('goal_freezes')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('year', 'integer', column => column.notNull())
      .addColumn('quarter', 'text', column => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('frozen_by_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('frozen_at', types.timestamp, column => column.notNull())
      .addColumn('lifted_by_id', 'text', column => column.references('users.id'))
      .addColumn('lifted_at', types.timestamp)
      .execute()
    await db.schema
      .createIndex('goal_freezes_in_force')
      .unique()
      .on('goal_freezes')
      .columns(['year', 'quarter'])
      .where(sql.ref('lifted_at'), 'is', null)
      .execute()
  },

  '2026-11-23-51-goals-in-a-tree': async db => {
    await db.schema.createIndex('goals_by_parent').on('goals').column('parent_goal_id').execute()
    await db.schema.createIndex('goals_by_type').on('goals').columns(['type', 'year']).execute()
  },
}
