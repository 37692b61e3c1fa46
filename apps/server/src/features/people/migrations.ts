import type { Migrations } from '@pms/notifier/database'

export const peopleMigrations: Migrations = {
  '2026-11-23-02-people': async (db, types) => {
    await db.schema
      .createTable('org_units')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('kind', 'text', column => column.notNull())
      .addColumn('parent_id', 'text', column => column.references('org_units.id'))
      .execute()

    await db.schema
      .createTable('users')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('email', 'text', column => column.notNull().unique())
      .addColumn('job_title', 'text', column => column.notNull())
      .addColumn('unit_id', 'text', column => column.references('org_units.id'))
      .addColumn('supervisor_id', 'text', column => column.references('users.id'))
      .addColumn('role', 'text', column => column.notNull())
      .addColumn('status', 'text', column => column.notNull())
      .addColumn('password_hash', 'text')
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .addColumn('updated_at', types.timestamp, column => column.notNull())
      .execute()

    await db.schema.createIndex('users_supervisor').on('users').column('supervisor_id').execute()
    await db.schema.createIndex('users_unit').on('users').column('unit_id').execute()
    await db.schema.createIndex('users_role').on('users').column('role').execute()
  },

  '2026-11-23-19-delegations': async (db, types) => {
    await db.schema
      .createTable('delegations')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('user_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('delegate_id', 'text', column => column.notNull().references('users.id'))
      .addColumn('from_day', 'text', column => column.notNull())
      .addColumn('to_day', 'text', column => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('followed', 'text', column => column.notNull())
      .addColumn('created_at', types.timestamp, column => column.notNull())
      .execute()
    await db.schema
      .createIndex('delegations_user')
      .on('delegations')
      .columns(['user_id', 'from_day'])
      .execute()
    await db.schema.createIndex('delegations_delegate').on('delegations').column('delegate_id').execute()
    await db.schema.createIndex('org_units_parent').on('org_units').column('parent_id').execute()
  },

  '2026-11-23-66-erasures': async (db, types) => {
    await db.schema.alterTable('users').addColumn('erased_at', types.timestamp).execute()
    await db.schema
      .createTable('erasures')
      .addColumn('user_id', 'text', column => column.primaryKey().references('users.id'))
      .addColumn('names', types.json, column => column.notNull())
      .addColumn('emails', types.json, column => column.notNull())
      .addColumn('through', 'text', column => column.notNull())
      .execute()
  },
}
