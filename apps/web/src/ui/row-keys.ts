/** Going through rows by `j` and `k`. What takes the focus in a row is marked `data-row`; Enter is its own. */
import { useRef } from 'react'
import { useShortcut } from './shortcut.ts'

export function useRowKeys<E extends HTMLElement>() {
  const list = useRef<E>(null)
  useShortcut('j', () => moveTo(list.current, 1))
  useShortcut('k', () => moveTo(list.current, -1))
  return list
}

/** The next row from the one that has the focus, or that holds what has; without any, the first. */
function moveTo(list: HTMLElement | null, step: 1 | -1) {
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const here = rows.findIndex(row => (row.closest('li') ?? row).contains(document.activeElement))
  const next = rows[here === -1 ? 0 : here + step]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
