/** "Waiting on Jane since Tuesday", wherever something waits. */
import type { PersonRef } from '@pms/contract'
import { useMe } from '../api/browser-session.ts'
import { oneOf } from '../ui/names.ts'
import { Since } from '../ui/time.tsx'

interface Props {
  on: readonly PersonRef[]
  since: string | null
  capital?: boolean
}

/** Nothing where nobody is waited for. */
export function WaitingOn({ on, since, capital = false }: Props) {
  const me = useMe()
  if (on.length === 0) return null
  return (
    <>
      {capital ? 'Waiting' : 'waiting'} on {oneOf(on, me.id)}
      {since && (
        <>
          {' '}
          <Since at={since} />
        </>
      )}
    </>
  )
}
