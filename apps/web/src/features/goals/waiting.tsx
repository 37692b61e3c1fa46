/** "Waiting on Jane since Tuesday", wherever something waits. */
import type { Goal } from '@pms/contract'
import { useMe } from '../../api/browser-session.ts'
import { oneOf } from '../../ui/names.ts'
import { Since } from '../../ui/time.tsx'

/** Nothing where nobody is waited for. */
export function WaitingOn({ goal, capital = false }: { goal: Goal; capital?: boolean }) {
  const me = useMe()
  if (goal.waiting_on.length === 0) return null
  return (
    <>
      {capital ? 'Waiting' : 'waiting'} on {oneOf(goal.waiting_on, me.id)}
      {goal.waiting_since && (
        <>
          {' '}
          <Since at={goal.waiting_since} />
        </>
      )}
    </>
  )
}
