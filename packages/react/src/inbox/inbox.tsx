/** The whole inbox: tabs, filters, a list of any length, a reading pane beside it or, where it is narrow, in its place. */
import { Tabs } from '@base-ui/react/tabs'
import type { InboxItem } from '@pms/client'
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { useKeysThatAct, useLetterKeys } from '../letter-keys.ts'
import { useInbox } from '../provider.tsx'
import { useStrings } from '../strings.ts'
import { useMedia } from '../use-media.ts'
import { Absent } from './absent.tsx'
import { KeyHelp, KeyHints } from './keys.tsx'
import { Lines, type LinesHandle } from './lines.tsx'
import type { TypeChoice } from './menu.tsx'
import { type InboxSlots, Pane } from './pane.tsx'
import { BulkBar, Toolbar } from './toolbar.tsx'
import { type Deed, useDeeds } from './use-deeds.ts'
import { useListing } from './use-listing.ts'
import { useSelection } from './use-selection.ts'
import { useShown } from './use-shown.ts'
import { useTriage } from './use-triage.ts'
import { EVERYTHING, type InboxTab, type InboxView } from './view.ts'

export interface InboxProps extends InboxSlots {
  /** What is shown, where the application keeps that itself. */
  view?: InboxView
  onViewChange?: (view: InboxView) => void
  /** The id of the one in the reading pane, likewise. */
  selected?: string | null
  /** `alone`: the pane takes the place of the list, so it is a page of its own to go back from. */
  onSelect?: (id: string | null, how: { alone: boolean }) => void
  /** Whether rows are there to be ticked by fingers, likewise: a phone's way back ends it then. */
  ticking?: boolean
  onTicking?: (ticking: boolean) => void
  /** The types that can be filtered by, in words. */
  types?: readonly TypeChoice[]
  /** The application goes to what the notification is about. It is marked read by then. */
  onOpen?: (item: InboxItem) => void
  /** Something to say, below the list: what appears there moves nothing. */
  notice?: ReactNode
  /** The application shows what keys there are, those of the inbox (`InboxKeys`) among them. */
  onHelp?: () => void
}

const NARROW = '(max-width: 859px)'
const NO_TYPES: readonly TypeChoice[] = []

export function Inbox(props: InboxProps) {
  const { types = NO_TYPES, onOpen, notice, renderDetail, renderActions } = props
  const letters = useLetterKeys()
  const acting = useKeysThatAct()
  const inbox = useInbox()
  const strings = useStrings()
  const narrow = useMedia(NARROW)
  const [view, setView] = useGiven(props.view, props.onViewChange, EVERYTHING)
  const [selected, setSelected] = useGiven(props.selected, props.onSelect, null)
  const { listing, state } = useListing(view)
  const { rows } = state
  const deeds = useDeeds(listing)
  const selection = useSelection(listing, { isMode: props.ticking, onMode: props.onTicking })
  const shown = useShown(selected, rows)
  const [touched, setTouched] = useState<string | null>(null)
  const [helping, setHelping] = useState(false)
  const lines = useRef<LinesHandle>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const help = props.onHelp ?? (() => setHelping(true))

  // The row that keys act on: the one that is read, else the one that was last gone to, else the first.
  const isListed = (id: string | null) => id !== null && rows.some(row => row?.id === id)
  const known = [selected, touched].find(isListed) ?? null
  const current = known ?? rows.find(row => row !== null)?.id ?? null
  const alone = narrow && selected !== null

  const select = useCallback(
    (id: string | null) => {
      setTouched(id)
      setSelected(id, { alone: narrow })
    },
    [setSelected, narrow],
  )

  const open = useCallback(
    (item: InboxItem) => {
      if (!item.is_read) void inbox.markRead(item.id)
      onOpen?.(item)
    },
    [inbox, onOpen],
  )

  /** What stands below it, or else above it, takes its place under the keys. */
  const nextTo = useCallback(
    (gone: ReadonlySet<string>) => {
      const at = rows.findIndex(row => row !== null && gone.has(row.id))
      const stays = (row: InboxItem | null): row is InboxItem => row !== null && !gone.has(row.id)
      return rows.slice(at).find(stays) ?? rows.slice(0, at).findLast(stays) ?? null
    },
    [rows],
  )

  const perform = useCallback(
    (deed: Deed, items: readonly InboxItem[]) => {
      const ids = new Set(items.map(({ id }) => id))
      if (deed === 'delete' && current !== null && ids.has(current)) {
        const next = nextTo(ids)
        const hasFocus = document.activeElement?.closest('.inbox-lines') !== null
        if (selected !== null) select(narrow ? null : (next?.id ?? null))
        else setTouched(next?.id ?? null)
        if (next && hasFocus) lines.current?.focus(next.id)
      }
      deeds.perform(deed, items)
    },
    [current, deeds, narrow, nextTo, select, selected],
  )

  const actions = useMemo(
    () => ({
      choose(item: InboxItem) {
        if (selection.isMode) {
          selection.toggle(item)
          return
        }
        select(item.id)
        if (!item.is_read) void listing.act('read', [item])
      },
      hold: selection.begin,
      perform: (deed: Deed, item: InboxItem) => perform(deed, [item]),
      toggle(item: InboxItem, extend: boolean) {
        setTouched(item.id)
        if (extend) selection.extend(item)
        else selection.toggle(item)
      },
    }),
    [listing, perform, select, selection],
  )

  function clear(): void {
    const hadFocus = document.activeElement?.closest('.inbox-bulk') !== null
    selection.clear()
    if (hadFocus && current !== null) lines.current?.focus(current)
  }

  function performOnAll(deed: Deed, meant: InboxItem | null = null): void {
    if (selection.items.size > 0) {
      // As they are now, not as they were when they were ticked.
      const now = new Map(rows.flatMap(row => (row ? [[row.id, row] as const] : [])))
      perform(
        deed,
        [...selection.items.values()].map(item => now.get(item.id) ?? item),
      )
      if (deed === 'delete' || selection.isMode) clear()
      return
    }
    const item = typeof shown === 'object' ? shown : meant
    if (item) perform(deed, [item])
  }

  const isTicking = selection.isMode || selection.items.size > 0
  useTriage(rows, known, {
    goTo(item) {
      if (narrow && selected === null) setTouched(item.id)
      else select(item.id)
      if (!alone) lines.current?.focus(item.id)
    },
    open,
    perform: performOnAll,
    toggle: actions.toggle,
    undo: deeds.undo,
    help,
    escape() {
      if (isTicking) clear()
      else if (alone) select(null)
    },
  })

  return (
    <section className="inbox-root inbox-page" aria-label={strings.inbox} data-alone={alone}>
      <Tabs.Root
        className="inbox-main"
        value={view.tab}
        onValueChange={tab => setView({ ...view, tab: tab as InboxTab })}
      >
        {isTicking ? (
          <BulkBar selection={selection} perform={performOnAll} onClear={clear} />
        ) : (
          <Toolbar
            view={view}
            types={types}
            onChange={setView}
            deeds={deeds}
            onSelect={rows.length > 0 ? () => selection.begin() : undefined}
          />
        )}
        <Tabs.Panel value={view.tab} className="inbox-main-list" tabIndex={-1}>
          {rows.length === 0 ? (
            <Absent listing={listing} state={state} view={view} />
          ) : (
            <Lines
              handle={lines}
              listing={listing}
              rows={rows}
              current={current}
              shown={selected}
              checked={selection.items}
              ticking={selection.isMode}
              actions={actions}
            />
          )}
        </Tabs.Panel>
        {rows.length > 0 && state.failure && <Absent listing={listing} state={state} view={view} />}
        <div role="status" className="inbox-undo" data-shown={deeds.undoable !== null}>
          {deeds.undoable && (
            <>
              <span className="inbox-undo-text">{deeds.undoable.text}</span>
              <button
                type="button"
                className="inbox-text-button"
                aria-keyshortcuts={acting('z')}
                onClick={() => {
                  deeds.undo()
                  // The button goes; the focus must not go with it.
                  if (current !== null) lines.current?.focus(current)
                }}
              >
                {strings.undo}
                {letters && (
                  <span className="inbox-key" aria-hidden="true">
                    z
                  </span>
                )}
              </button>
            </>
          )}
        </div>
        {notice}
        <KeyHints onHelp={help} />
      </Tabs.Root>
      <div className="inbox-pane">
        <Pane
          shown={shown}
          heading={heading}
          alone={alone}
          onBack={() => {
            select(null)
            if (selected !== null) lines.current?.focus(selected)
          }}
          onOpen={open}
          perform={(deed, item) => perform(deed, [item])}
          {...(renderDetail && { renderDetail })}
          {...(renderActions && { renderActions })}
        />
      </div>
      <KeyHelp open={helping} onClose={() => setHelping(false)} />
    </section>
  )
}

/** A value that the application keeps, or that is kept here where it does not. */
function useGiven<T, Rest extends unknown[]>(
  given: T | undefined,
  tell: ((value: T, ...rest: Rest) => void) | undefined,
  initial: T,
): [T, (value: T, ...rest: Rest) => void] {
  const [own, setOwn] = useState(initial)
  const set = useCallback(
    (value: T, ...rest: Rest) => {
      setOwn(value)
      tell?.(value, ...rest)
    },
    [tell],
  )
  return [given === undefined ? own : given, set]
}
