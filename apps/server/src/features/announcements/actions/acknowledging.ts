/** What readers do with announcements. */
import { resolve, resourceChanged } from '@pms/notifier'
import { recordAudit } from '../../../audit/record.ts'
import type { Caller } from '../../../auth/caller.ts'
import type { AppDatabase } from '../../../database.ts'
import type { Progress } from '../progress.ts'
import { openAnnouncement } from '../steps.ts'

export type AcknowledgeAnnouncement = ReturnType<typeof acknowledging>

/** The verb: one transaction, answers the id. */
export function acknowledging(database: AppDatabase, progress: Progress) {
  return (caller: Caller, id: string): Promise<string> =>
    database.transaction(async tx => {
      const announcement = await openAnnouncement(tx, caller, id, 'acknowledge')
      await tx.db
        .updateTable('announcement_recipients')
        .set({ acknowledged_at: tx.now })
        .where('announcement_id', '=', id)
        .where('user_id', '=', caller.id)
        .execute()
      await tx.db
        .updateTable('announcements')
        .set(({ eb }) => ({ acknowledged_count: eb('acknowledged_count', '+', 1) }))
        .where('id', '=', id)
        .execute()
      const object = { type: 'announcement', id }
      await recordAudit(tx, { actor: caller, action: 'announcement.acknowledged', object })
      resolve(tx, object, caller, [caller.id])
      resourceChanged(tx, object.type, id, [caller.id])
      progress.moved(tx, announcement)
      return id
    })
}
