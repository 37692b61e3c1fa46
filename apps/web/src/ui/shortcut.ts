/**
 * Single letters and signs that act on the page. They rest while somebody types, while a dialog is open, with any
 * modifier, and where they are switched off.
 */
import { useEffect, useEffectEvent } from 'react'
import { useLetterKeys } from './letter-keys.ts'

export function useShortcut(key: string, act: () => void, enabled = true) {
  const isOn = useLetterKeys() && enabled
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== key || event.ctrlKey || event.metaKey || event.altKey || event.repeat)
      return
    if (event.defaultPrevented || isTyping(event.target)) return
    if (document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]')) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    if (!isOn) return
    const listener = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [isOn])
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type="checkbox"]), textarea, select, [role="combobox"]'))
  )
}
