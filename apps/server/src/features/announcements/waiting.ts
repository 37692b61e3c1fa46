/** How much is on its way to people: for whoever watches over the server. */
import type { AppDatabase } from '../../database.ts'

/** Announcements that are being brought to inboxes, and how many people they have not reached. */
export async function announcementsWaiting({
  db,
}: AppDatabase): Promise<{ announcements: number; recipients: number }> {
  const row = await db
    .selectFrom('announcements')
    .select(({ fn }) => [
      fn.countAll<number>().as('announcements'),
      fn.sum<number | null>('recipient_count').as('recipients'),
      fn.sum<number | null>('delivered_count').as('reached'),
    ])
    .where('status', '=', 'PUBLISHED')
    .where('delivered_at', 'is', null)
    .executeTakeFirstOrThrow()
  return {
    announcements: Number(row.announcements),
    recipients: Number(row.recipients ?? 0) - Number(row.reached ?? 0),
  }
}
