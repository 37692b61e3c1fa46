/** An announcement inside the notification that brought it: what the notification does not say, and the question. */
import { Link } from '@tanstack/react-router'
import { sentenceOf } from '../../api/problem.ts'
import { Notice } from '../../ui/messages.tsx'
import { ThingInInbox } from '../../ui/thing-in-inbox.tsx'
import { Acknowledge } from './acknowledge.tsx'
import { useAnnouncement } from './use-announcement.ts'
import { toWhom } from './words.ts'

export function AnnouncementInInbox({ id }: { id: string }) {
  const { announcement: found, error, retry, busy, failure, attempt } = useAnnouncement(id)
  return (
    <ThingInInbox name="announcement" thing={found} error={error} retry={retry}>
      {announcement => (
        <>
          {failure !== null && <Notice>{sentenceOf(failure)}</Notice>}
          <Acknowledge announcement={announcement} busy={busy} attempt={attempt} />
          <p className="text-sm text-muted">
            To {toWhom(announcement)}
            {' · '}
            <Link
              to="/announcements/$announcementId"
              params={{ announcementId: id }}
              className="font-medium text-accent-text hover:underline"
            >
              Open the announcement
            </Link>
          </p>
        </>
      )}
    </ThingInInbox>
  )
}
