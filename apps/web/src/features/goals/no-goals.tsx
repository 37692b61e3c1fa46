/** An empty list of goals: says what will come here, and offers the one useful thing to do. */
import { Link } from '@tanstack/react-router'
import { Inbox, SearchX, Target } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/messages.tsx'
import { type GoalSearch, isFiltered } from './filters.ts'

const newGoal = (
  <Link to="/goals/new" className={buttonClass('primary')}>
    New goal
  </Link>
)

export function NoGoals({ filters }: { filters: GoalSearch }) {
  const me = useMe()
  if (isFiltered(filters))
    return (
      <Empty
        icon={SearchX}
        title="No goal matches"
        action={
          <Link
            to="/goals"
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
          icon={Target}
          title="Your team has no goals yet"
          action={
            me.has_team && (
              <Link to="/goals/assign" className={buttonClass('primary')}>
                Assign a goal
              </Link>
            )
          }
        >
          What the people below you set out to reach will be listed here.
        </Empty>
      )
    case 'organisation':
      return (
        <Empty
          icon={Target}
          title="No goals of the organisation yet"
          action={me.permissions.includes('goals.organisation') && newGoal}
        >
          Yearly and quarterly goals that yours can be part of will be listed here.
        </Empty>
      )
    case 'waiting':
      return (
        <Empty icon={Inbox} title="Nothing waits on you">
          Goals to approve or accept arrive here the moment they are sent.
        </Empty>
      )
    default:
      return (
        <Empty icon={Target} title="No goals yet" action={newGoal}>
          Goals that you set yourself or that are assigned to you will be listed here.
        </Empty>
      )
  }
}
