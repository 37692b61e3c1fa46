/** An announcement as a line of a list. The whole line opens it. */
import type { Announcement } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { NameFor } from '../../ui/names.ts'
import { Pill } from '../../ui/pill.tsx'
import { Dot, RowLine, rowClass, rowLinkClass } from '../../ui/row.tsx'
import { Ago } from '../../ui/time.tsx'
import { PriorityMark } from './priority-mark.tsx'
import { audienceWords, stateOf } from './words.ts'

export function AnnouncementRow({ announcement }: { announcement: Announcement }) {
  const me = useMe()
  const { id, title, author, published_by, published_at, created_at, progress } = announcement
  const state = stateOf(announcement)
  return (
    <li className={rowClass}>
      <PriorityMark priority={announcement.priority} />
      <div className="min-w-0 flex-1 sm:-ml-2">
        <Link
          to="/announcements/$announcementId"
          params={{ announcementId: id }}
          data-row
          className={rowLinkClass}
        >
          {title}
        </Link>
        <RowLine>
          <span className="shrink-0">{NameFor(published_by ?? author, me.id)}</span>
          <Dot />
          {/* On a phone when it came is worth more than whom else it is for. */}
          <span className="truncate max-sm:hidden">{audienceWords(announcement)}</span>
          <span className="max-sm:hidden md:hidden">
            <Dot />
          </span>
          <Ago at={published_at ?? created_at} className="shrink-0 md:hidden" />
        </RowLine>
      </div>
      {progress && announcement.requires_acknowledgement && (
        <span className="hidden shrink-0 text-sm text-muted tabular-nums lg:block">
          {progress.acknowledged} of {progress.recipients} acknowledged
        </span>
      )}
      {state && <Pill tone={state.tone}>{state.word}</Pill>}
      <Ago
        at={published_at ?? created_at}
        className="hidden w-24 shrink-0 whitespace-nowrap text-right text-sm text-subtle tabular-nums md:block"
      />
    </li>
  )
}
