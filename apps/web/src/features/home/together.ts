/** Parts of a page that are fetched one by one and shown together, so that none pushes another away. */
import { useIsFetching } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** For a part that takes longer the others do not wait. */
const AT_MOST_MS = 1_000

/** Whether all that is fetched for the first time has come, or has had its time. What was shown once stays. */
export function useTogether(): boolean {
  const isComing = useIsFetching({ predicate: ({ state }) => state.data === undefined }) > 0
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (isShown) return
    // What is there already is asked for by the parts themselves, which come into being with this.
    const timer = setTimeout(() => setShown(true), isComing ? AT_MOST_MS : 0)
    return () => clearTimeout(timer)
  }, [isShown, isComing])
  return isShown
}
