/** What those who publish do with announcements. Each verb is one transaction, and answers the id. */
import type { CreateAnnouncementBody, EditAnnouncementBody } from '@pms/contract'
import { newId } from '@pms/notifier/database'
import { assertMay, type Caller } from '../../../auth/caller.ts'
import type { AppDatabase, Tx } from '../../../database.ts'
import { unprocessable } from '../../../http/errors.ts'
import type { Organisation } from '../../../organisation.ts'
import { fixAudience } from '../audience.ts'
import { changedFields, checkAudience, mergeDetails } from '../details.ts'
import { openAnnouncement, recordStep } from '../steps.ts'
import type { AnnouncementTable } from '../tables.ts'

export type PublishingActions = ReturnType<typeof publishingActions>

/** @param onPublished there is something to deliver now */
export function publishingActions(database: AppDatabase, people: Organisation, onPublished: () => void) {
  /** From now on it is on its way; who is in the audience is settled here. */
  async function publish(tx: Tx, caller: Caller, announcement: AnnouncementTable): Promise<void> {
    await checkAudience(tx, announcement)
    const recipient_count = await fixAudience(tx, announcement, [caller.id, announcement.author_id])
    if (recipient_count === 0)
      throw unprocessable('audience', 'There is nobody in this audience', 'nobody_in_audience')
    const set = {
      status: 'PUBLISHED',
      published_by_id: caller.id,
      published_at: tx.now,
      recipient_count,
      updated_at: tx.now,
    } as const
    await tx.db.updateTable('announcements').set(set).where('id', '=', announcement.id).execute()
    await recordStep(tx, caller, people, { ...announcement, ...set }, 'published', { recipient_count })
    tx.afterCommit(onPublished)
  }

  return {
    createAnnouncement: (caller: Caller, body: CreateAnnouncementBody): Promise<string> =>
      database.transaction(async tx => {
        assertMay(caller, 'announcements.publish')
        const announcement: AnnouncementTable = {
          ...mergeDetails(body),
          id: newId(),
          status: 'DRAFT',
          author_id: caller.id,
          published_by_id: null,
          published_at: null,
          recipient_count: 0,
          delivered_count: 0,
          delivered_through: '',
          delivered_at: null,
          acknowledged_count: 0,
          created_at: tx.now,
          updated_at: tx.now,
        }
        await checkAudience(tx, announcement)
        await tx.db.insertInto('announcements').values(announcement).execute()
        await recordStep(tx, caller, people, announcement, 'created', { title: announcement.title })
        if (body.publish) await publish(tx, caller, announcement)
        return announcement.id
      }),

    editAnnouncement: (caller: Caller, id: string, body: EditAnnouncementBody): Promise<string> =>
      database.transaction(async tx => {
        const announcement = await openAnnouncement(tx, caller, id, 'edit')
        const details = mergeDetails(body, announcement)
        await checkAudience(tx, details)
        const changed = changedFields(announcement, details)
        if (changed.length === 0) return id
        const set = { ...details, updated_at: tx.now }
        await tx.db.updateTable('announcements').set(set).where('id', '=', id).execute()
        await recordStep(tx, caller, people, announcement, 'edited', { changed })
        return id
      }),

    /** Nobody but those who publish ever saw it. */
    deleteAnnouncement: (caller: Caller, id: string): Promise<string> =>
      database.transaction(async tx => {
        const announcement = await openAnnouncement(tx, caller, id, 'delete')
        await tx.db.deleteFrom('announcements').where('id', '=', id).execute()
        await recordStep(tx, caller, people, announcement, 'deleted', { title: announcement.title })
        return id
      }),

    publishAnnouncement: (caller: Caller, id: string): Promise<string> =>
      database.transaction(async tx => {
        await publish(tx, caller, await openAnnouncement(tx, caller, id, 'publish'))
        return id
      }),
  }
}
