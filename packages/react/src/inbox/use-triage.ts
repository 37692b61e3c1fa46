/**
 * The keys of the inbox. They work wherever on the page the focus is, but rest while somebody types, while a dialog or
 * a menu is open, and with any modifier; letters also where they are switched off. `current` is the row that they act on.
 */
import type { InboxItem } from '@pms/client'
import type { Rows } from '@pms/client/listing'
import { useEffect, useRef } from 'react'
import { isLetter, useLetterKeys } from '../letter-keys.ts'

export interface TriageActions {
  goTo(item: InboxItem): void
  open(item: InboxItem): void
  /** `item`: the row that is meant, if any is. */
  perform(deed: 'read' | 'unread' | 'delete', item: InboxItem | null): void
  toggle(item: InboxItem, extend: boolean): void
  undo(): void
  escape(): void
  help(): void
}

const BUSY = '[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]'
const TYPING = 'textarea, select, [role="combobox"], input:not([type="checkbox"])'

export function useTriage(rows: Rows, current: string | null, actions: TriageActions): void {
  const letters = useLetterKeys()
  const newest = useRef({ rows, current, actions, letters })
  useEffect(() => {
    newest.current = { rows, current, actions, letters }
  })

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isLetter(event.key) && !newest.current.letters) return
      const target = event.target instanceof HTMLElement ? event.target : null
      if (target?.isContentEditable || target?.matches(TYPING) || document.querySelector(BUSY)) return
      const act = actionOf(event.key, target, newest.current)
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

interface Situation {
  rows: Rows
  current: string | null
  actions: TriageActions
}

function actionOf(key: string, target: HTMLElement | null, now: Situation): (() => void) | undefined {
  const { rows, current, actions } = now
  const at = rows.findIndex(row => row?.id === current)
  const focused = target?.dataset.row
  const onRow = focused !== undefined
  // Before any row was gone to, the one that Tab led to is meant.
  const item = rows[at] ?? rows.find(row => row !== null && row.id === focused) ?? null
  const elsewhere = !onRow && target?.matches('button, a, input, summary, [tabindex]:not([tabindex="-1"])')
  const goTo = (index: number) => () => {
    const row = rows[index]
    if (row) actions.goTo(row)
  }
  const withItem = (act: (item: InboxItem) => void) => (item ? () => act(item) : undefined)

  switch (key) {
    case 'j':
      return goTo(at + 1)
    case 'k':
      return goTo(Math.max(0, at - 1))
    // These scroll, unless the focus is among the rows.
    case 'ArrowDown':
      return onRow ? goTo(at + 1) : undefined
    case 'ArrowUp':
      return onRow ? goTo(at - 1) : undefined
    case 'Home':
      return onRow ? goTo(0) : undefined
    case 'Enter':
      return elsewhere ? undefined : withItem(actions.open)
    case 'e':
      return () => actions.perform('read', item)
    case 'u':
      return () => actions.perform('unread', item)
    case '#':
    case 'Delete':
      return () => actions.perform('delete', item)
    case 'x':
      return withItem(one => actions.toggle(one, false))
    case 'X':
      return withItem(one => actions.toggle(one, true))
    case 'z':
      return actions.undo
    case '?':
      return actions.help
    case 'Escape':
      return actions.escape
    default:
      return undefined
  }
}
