/** Two keys, one after the other, that lead to a page: `g` and a letter. They rest while somebody types. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { useLetterKeys } from '../ui/letter-keys.ts'
import { OWN_PLACES, usePlaces } from './places.ts'

/** Slower than this they are two keys that have nothing to do with each other. */
const WITHIN = 1_000

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="combobox"]'
const BUSY = '[role="dialog"],[role="alertdialog"],[role="menu"]'

export function useGoKeys(): void {
  const navigate = useNavigate()
  const places = usePlaces()
  const letters = useLetterKeys()
  const placeOf = useEffectEvent(
    (key: string) => [...places, ...OWN_PLACES].find(place => place.key === key)?.to,
  )
  useEffect(() => {
    if (!letters) return
    let wentAt = Number.NEGATIVE_INFINITY
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      if (event.target instanceof Element && event.target.matches(TYPING)) return
      if (document.querySelector(BUSY)) return
      const isSecond = event.timeStamp - wentAt < WITHIN
      const to = isSecond ? placeOf(event.key) : undefined
      wentAt = event.key === 'g' && !to ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (!to) return
      event.preventDefault()
      // The letter has another meaning on some pages.
      event.stopImmediatePropagation()
      void navigate({ to })
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [navigate, letters])
}
