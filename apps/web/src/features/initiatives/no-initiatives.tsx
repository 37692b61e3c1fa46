/** An empty list of initiatives: says what will come here, and offers the one useful thing to do. */
import { Link } from '@tanstack/react-router'
import { Inbox, Rocket, SearchX } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/messages.tsx'
import { type InitiativeFilters, isFiltered } from './filters.ts'

const propose = (
  <Link to="/initiatives/new" className={buttonClass('primary')}>
    New initiative
  </Link>
)

export function NoInitiatives({ filters }: { filters: InitiativeFilters }) {
  const me = useMe()
  if (isFiltered(filters))
    return (
      <Empty
        icon={SearchX}
        title="No initiative matches"
        action={
          <Link
            to="/initiatives"
            search={{
              ...(filters.scope ? { scope: filters.scope } : {}),
              ...(filters.view ? { view: filters.view } : {}),
            }}
            className={buttonClass('secondary')}
          >
            Clear filters
          </Link>
        }
      />
    )
  switch (filters.scope) {
    case 'team':
      return (
        <Empty
          icon={Rocket}
          title="Your team has no initiatives yet"
          action={
            me.has_team && (
              <Link to="/initiatives/assign" className={buttonClass('primary')}>
                Assign an initiative
              </Link>
            )
          }
        >
          What the people below you work on will be listed here.
        </Empty>
      )
    case 'waiting':
      return (
        <Empty icon={Inbox} title="Nothing waits on you">
          Work to start, proposals to approve and reports to review arrive here the moment they are sent.
        </Empty>
      )
    case 'all':
      return (
        <Empty icon={Rocket} title="No initiatives yet" action={propose}>
          All initiatives that you can see will be listed here.
        </Empty>
      )
    default:
      return (
        <Empty icon={Rocket} title="No initiatives yet" action={propose}>
          Pieces of work that you propose or that are assigned to you will be listed here.
        </Empty>
      )
  }
}
