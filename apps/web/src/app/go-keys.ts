/** Two keys, one after the other, that lead to a page: `g` and a letter. They rest while somebody types. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'

const PLACES: Readonly<Record<string, '/' | '/inbox' | '/goals' | '/team' | '/people'>> = {
  h: '/',
  i: '/inbox',
  g: '/goals',
  t: '/team',
  p: '/people',
}
/** Slower than this they are two keys that have nothing to do with each other. */
const WITHIN = 1_000

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="combobox"]'
const BUSY = '[role="dialog"],[role="alertdialog"],[role="menu"]'

export function useGoKeys(): void {
  const navigate = useNavigate()
  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      if (event.target instanceof Element && event.target.matches(TYPING)) return
      if (document.querySelector(BUSY)) return
      const isSecond = event.timeStamp - wentAt < WITHIN
      const to = isSecond ? PLACES[event.key] : undefined
      wentAt = event.key === 'g' && !to ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (!to) return
      event.preventDefault()
      // The letter has another meaning on some pages.
      event.stopImmediatePropagation()
      void navigate({ to })
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [navigate])
}
