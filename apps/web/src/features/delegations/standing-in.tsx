/** Says for whom the signed-in person stands in today, so that nobody wonders where requests come from. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { shortDay } from '../../ui/dates.ts'
import { Notice } from '../../ui/messages.tsx'
import { delegationsQuery } from './queries.ts'

export function StandingIn() {
  const me = useMe()
  const today = useToday()
  const running = useQuery(delegationsQuery(me.id)).data?.filter(one => one.state === 'running') ?? []
  if (running.length === 0) return null
  return (
    <div className="mb-8 space-y-2">
      {running.map(({ id, user, delegate, to }) => (
        <Notice key={id} tone="info">
          {user.id === me.id
            ? `While you are on leave, until ${shortDay(to, today)}, ${delegate.name} stands in for you. `
            : `Until ${shortDay(to, today)} you stand in for ${user.name} while they are on leave. `}
          <Link to="/profile" className="text-accent-text underline underline-offset-2">
            See absences
          </Link>
        </Notice>
      ))}
    </div>
  )
}
