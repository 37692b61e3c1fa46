/** Removes uploads that nothing claimed within a day, and files that no row knows of. */
import type { AppDatabase } from '../database.ts'
import type { Job } from '../jobs/job.ts'
import type { Files } from './files.ts'

const KEPT_UNCLAIMED_MS = 24 * 60 * 60 * 1000

export function attachmentCleanUp(database: AppDatabase, files: Files): Job {
  return {
    name: 'attachment-clean-up',
    schedule: '40 * * * *',
    async run(now, signal) {
      const limit = now.getTime() - KEPT_UNCLAIMED_MS
      await database.db
        .deleteFrom('attachments')
        .where('object_id', 'is', null)
        .where('created_at', '<', new Date(limit).toISOString())
        .execute()

      // With them their files, which are as old. Those of uploads under way, and of rows about to be written, are younger.
      for (const name of await files.olderThan(limit)) {
        if (signal.aborted) return
        const known = await database.db
          .selectFrom('attachments')
          .select('id')
          .where('id', '=', name)
          .executeTakeFirst()
        if (!known) await files.removeNamed(name)
      }
    },
  }
}
