/** Calls back when an element scrolls into sight. */
import { type RefObject, useEffect, useRef } from 'react'

/** `again`: whatever its change means that one should look anew. */
export function useSeen<E extends Element>(onSeen: () => void, again: unknown): RefObject<E | null> {
  const element = useRef<E>(null)
  const newest = useRef(onSeen)
  useEffect(() => {
    newest.current = onSeen
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is the reason to look anew
  useEffect(() => {
    if (element.current === null || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) newest.current()
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [again])
  return element
}
