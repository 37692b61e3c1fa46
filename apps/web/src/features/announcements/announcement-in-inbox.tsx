/** An announcement inside the notification that brought it: what the notification does not say, and the question. */
import { Link } from '@tanstack/react-router'
import { ApiError, sentenceOf } from '../../api/problem.ts'
import { Notice } from '../../ui/messages.tsx'
import { Acknowledge } from './acknowledge.tsx'
import { useAnnouncement } from './use-announcement.ts'
import { toWhom } from './words.ts'

export function AnnouncementInInbox({ id }: { id: string }) {
  const { announcement, error, busy, failure, attempt } = useAnnouncement(id)
  if (!announcement)
    return error ? <Hidden error={error} /> : <div className="late skeleton mt-6 h-16 rounded-lg" />
  return (
    <div className="mt-6 space-y-5 border-t border-line pt-6">
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
    </div>
  )
}

function Hidden({ error }: { error: unknown }) {
  const isHidden = error instanceof ApiError && (error.status === 404 || error.status === 403)
  return (
    <Notice tone="info" className="mt-6">
      {isHidden ? 'This announcement is not yours to see any more.' : sentenceOf(error)}
    </Notice>
  )
}
