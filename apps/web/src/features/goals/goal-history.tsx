/** What happened to a goal, newest first. */
import type { GoalDetail, GoalEvent } from '@pms/contract'
import { useMe } from '../../api/browser-session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { NameFor } from '../../ui/names.ts'
import { Ago } from '../../ui/time.tsx'
import { deedOf } from './words.ts'

export function GoalHistory({ goal, loading }: { goal: GoalDetail; loading: boolean }) {
  const me = useMe()
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="mb-4 text-base font-semibold">
        History
      </h2>
      {loading ? (
        <div className="late space-y-5">
          <div className="skeleton h-4 w-72 max-w-full" />
          <div className="skeleton h-4 w-56 max-w-full" />
        </div>
      ) : (
        <ol>
          {goal.history.toReversed().map((event, index) => (
            <li key={event.id} className="relative flex gap-3 pb-5 last:pb-0">
              {index < goal.history.length - 1 && (
                <span
                  aria-hidden="true"
                  className="absolute top-7 bottom-1 left-3 w-px -translate-x-1/2 bg-line"
                />
              )}
              <Avatar name={event.actor.name} />
              <div className="min-w-0 flex-1 pt-0.5 text-sm">
                <p className="text-muted">
                  <span className="font-medium text-ink">{NameFor(event.actor, me.id)}</span>{' '}
                  {deedOf(event, goal.owner, me.id)}
                  <span aria-hidden="true"> · </span>
                  <Ago at={event.created_at} className="text-subtle" />
                </p>
                <Note event={event} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

const Note = ({ event }: { event: GoalEvent }) =>
  event.note && <p className="mt-1 whitespace-pre-wrap break-words text-ink text-pretty">{event.note}</p>
