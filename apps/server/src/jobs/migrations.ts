import type { Migrations } from '@pms/notifier/database'

export const jobMigrations: Migrations = {
  '2026-11-23-25-job-leases': async (db, types) => {
    await db.schema
      .createTable('job_leases')
      .addColumn('name', 'text', column => column.primaryKey())
      .addColumn('holder', 'text')
      .addColumn('until', types.timestamp)
      .addColumn('last_run_at', types.timestamp)
      .execute()
  },
}
