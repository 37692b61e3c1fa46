/** Keys of the list: one row is the tab stop, the arrows and j, k move it, letters act on it. */
import type { InboxItem } from '@pms/client'
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { isLetter, useLetterKeys } from '../letter-keys.ts'

/** The row where the focus belongs when it comes to a list from outside. */
export function tabStop(within: Element | null): HTMLElement | null {
  return within?.querySelector<HTMLElement>('[data-row][tabindex="0"]') ?? null
}

interface Actions {
  read: (item: InboxItem) => void
  unread: (item: InboxItem) => void
  remove: (item: InboxItem) => void
}

export interface ListKeys {
  list: RefObject<HTMLUListElement | null>
  /** The row that Tab reaches. */
  current: string | undefined
  setCurrent: (id: string) => void
  /** Removes a row and puts the focus where the eye is. */
  remove: (item: InboxItem) => void
  onKeyDown: (event: KeyboardEvent) => void
}

export function useListKeys(items: readonly InboxItem[], actions: Actions): ListKeys {
  const list = useRef<HTMLUListElement>(null)
  const [chosen, setCurrent] = useState<string>()
  const current = items.some(({ id }) => id === chosen) ? chosen : items[0]?.id
  const letters = useLetterKeys()
  const newest = useRef({ items, actions })
  useEffect(() => {
    newest.current = { items, actions }
  })

  const focus = useCallback((item: InboxItem | undefined) => {
    if (item === undefined) return
    setCurrent(item.id)
    for (const row of list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])
      if (row.dataset.row === item.id) row.focus()
  }, [])

  const remove = useCallback(
    (item: InboxItem) => {
      const { items, actions } = newest.current
      const index = items.indexOf(item)
      if (list.current?.contains(document.activeElement)) focus(items[index + 1] ?? items[index - 1])
      actions.remove(item)
    },
    [focus],
  )

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (isLetter(event.key) && !letters) return
    const index = items.findIndex(({ id }) => id === current)
    const item = items[index]
    if (item === undefined) return
    const act: Record<string, () => void> = {
      ArrowDown: () => focus(items[index + 1]),
      j: () => focus(items[index + 1]),
      ArrowUp: () => focus(items[index - 1]),
      k: () => focus(items[index - 1]),
      Home: () => focus(items[0]),
      End: () => focus(items.at(-1)),
      e: () => actions.read(item),
      u: () => actions.unread(item),
      Delete: () => remove(item),
      '#': () => remove(item),
    }
    const perform = act[event.key]
    if (perform === undefined) return
    // The page around may have the same keys for a list of its own.
    event.preventDefault()
    event.stopPropagation()
    perform()
  }

  return { list, current, setCurrent, remove, onKeyDown }
}
