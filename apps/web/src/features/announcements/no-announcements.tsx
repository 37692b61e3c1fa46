/** An empty list of announcements: says what will come here, and offers the one useful thing to do. */
import { Link } from '@tanstack/react-router'
import { CircleCheckBig, FileText, Megaphone, SearchX } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/messages.tsx'
import type { AnnouncementFilters } from './filters.ts'

export function NoAnnouncements({ filters: { tab, search } }: { filters: AnnouncementFilters }) {
  const me = useMe()
  const write = me.permissions.includes('announcements.publish') && (
    <Link to="/announcements/new" className={buttonClass('primary')}>
      Write one
    </Link>
  )
  if (search)
    return (
      <Empty
        icon={SearchX}
        title="No announcement matches"
        action={
          <Link to="/announcements" search={tab ? { tab } : {}} className={buttonClass('secondary')}>
            Clear search
          </Link>
        }
      />
    )
  switch (tab) {
    case 'waiting':
      return (
        <Empty icon={CircleCheckBig} title="Nothing left to acknowledge">
          What you are asked to confirm that you have read arrives here.
        </Empty>
      )
    case 'drafts':
      return (
        <Empty icon={FileText} title="No drafts" action={write}>
          Announcements that are written and not yet published wait here. Only those who publish see them.
        </Empty>
      )
    case 'all':
      return (
        <Empty icon={Megaphone} title="Nothing has been announced yet" action={write}>
          Everything that was ever published will be listed here, with how far it has come.
        </Empty>
      )
    default:
      return (
        <Empty icon={Megaphone} title="No announcements yet" action={write}>
          What everybody, your unit or your role should know will be listed here.
        </Empty>
      )
  }
}
