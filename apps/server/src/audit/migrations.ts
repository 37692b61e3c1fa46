import type { Migrations } from '@pms/notifier/database'

export const auditMigrations: Migrations = {
  '2026-11-23-04-audit': async (db, types) => {
    await db.schema
      .createTable('audit')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('at', types.timestamp, column => column.notNull())
      .addColumn('actor_id', 'text')
      .addColumn('actor_name', 'text', column => column.notNull())
      .addColumn('action', 'text', column => column.notNull())
      .addColumn('object_type', 'text', column => column.notNull())
      .addColumn('object_id', 'text', column => column.notNull())
      .addColumn('detail', types.json, column => column.notNull())
      .execute()
    await db.schema
      .createIndex('audit_object')
      .on('audit')
      .columns(['object_type', 'object_id', 'at'])
      .execute()
  },
  '2026-11-23-21-audit-reading': async db => {
    for (const [name, columns] of [
      ['audit_newest', ['at', 'id']],
      ['audit_actor', ['actor_id', 'at']],
      ['audit_action', ['action', 'at']],
    ] as const)
      await db.schema
        .createIndex(name)
        .on('audit')
        .columns([...columns])
        .execute()
  },
}
