/**
 * The rows in sight of a list of any length. Rows have one height, so that the scrollbar is true from the start; what
 * is read keeps its place on the screen, whatever comes or goes above it.
 */
import type { InboxItem } from '@pms/client'
import type { Listing, Rows } from '@pms/client/listing'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { useNow } from '../clock.ts'
import { useStrings } from '../strings.ts'
import { useMedia } from '../use-media.ts'
import { dayName, startsDay } from './days.ts'
import { Line, type LineActions } from './line.tsx'

/** Heights, as the style sheet has them. */
const LINE = 60
const LINE_FOR_FINGERS = 80
const HEADING = 32
const OVERSCAN = 8
/** Before the list has been measured, as on a server. */
const UNMEASURED = { width: 400, height: 640 }

export interface LinesHandle {
  /** Brings a row into sight and gives it the focus. */
  focus(id: string): void
}

interface LinesProps {
  handle: RefObject<LinesHandle | null>
  listing: Listing
  rows: Rows
  /** The row that Tab reaches. */
  current: string | null
  shown: string | null
  checked: ReadonlyMap<string, InboxItem>
  /** Rows are there to be ticked. */
  ticking: boolean
  actions: LineActions
}

export function Lines({ handle, listing, rows, current, shown, checked, ticking, actions }: LinesProps) {
  const strings = useStrings()
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const height = useMedia('(pointer: coarse)') ? LINE_FOR_FINGERS : LINE
  const currentAt = current === null ? -1 : rows.findIndex(row => row?.id === current)
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range)
      if (currentAt === -1 || indexes.includes(currentAt)) return indexes
      // What has the focus stays, or the focus would be lost.
      return [...indexes, currentAt].sort((a, b) => a - b)
    },
    [currentAt],
  )
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => height + (startsDay(rows, index) ? HEADING : 0),
    // A new function for new rows: sizes are looked at again.
    getItemKey: useCallback((index: number) => rows[index]?.id ?? index, [rows]),
    rangeExtractor,
    overscan: OVERSCAN,
    initialRect: UNMEASURED,
    scrollPaddingStart: HEADING,
  })

  const { startIndex: first, endIndex: last } = virtualizer.range ?? { startIndex: 0, endIndex: 0 }
  useEffect(() => listing.show({ first, last }), [listing, first, last])

  const keepPlace = useKeptPlace(scroller, rows, index => virtualizer.measurementsCache[index]?.start)
  useFocusedRow(handle, scroller, rows, index => virtualizer.scrollToIndex(index))

  const items = virtualizer.getVirtualItems()
  const top = rows.slice(first, last + 1).find(row => row !== null)
  return (
    <div ref={scroller} className="inbox-lines" onScroll={keepPlace}>
      {top && (
        <div className="inbox-day inbox-day-fixed" aria-hidden="true">
          {dayName(top.created_at, now, strings)}
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a list of which most is not in the page is none in HTML */}
      <div
        role="list"
        aria-label={strings.heading}
        className="inbox-lines-all"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ index, start, size, key }) => {
          const row = rows[index]
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            <div
              key={key}
              role="listitem"
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="inbox-lines-one"
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              {row && startsDay(rows, index) && (
                <div className="inbox-day">{dayName(row.created_at, now, strings)}</div>
              )}
              {row ? (
                <Line
                  item={row}
                  current={row.id === current}
                  shown={row.id === shown}
                  checked={checked.has(row.id)}
                  ticking={ticking}
                  actions={actions}
                />
              ) : (
                <div className="inbox-line-skeleton" aria-hidden="true">
                  <span />
                  <span />
                </div>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Remembers which rows are in sight and where, and puts them back there when others came or went. */
function useKeptPlace(
  scroller: RefObject<HTMLDivElement | null>,
  rows: Rows,
  startOf: (index: number) => number | undefined,
): () => void {
  const places = useRef<{ id: string; offset: number }[]>([])
  const newest = useRef({ rows, startOf })

  const remember = useCallback(() => {
    const { rows, startOf } = newest.current
    const element = scroller.current
    if (!element) return
    const { scrollTop, clientHeight } = element
    places.current = []
    // Starts grow with the index: the first row in sight is found by halving.
    let [low, high] = [0, rows.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((startOf(middle) ?? 0) < scrollTop) low = middle + 1
      else high = middle
    }
    for (let index = Math.max(0, low - 1); index < rows.length; index += 1) {
      const [row, start] = [rows[index], startOf(index) ?? 0]
      if (start > scrollTop + clientHeight) break
      if (row) places.current.push({ id: row.id, offset: start - scrollTop })
    }
  }, [scroller])

  useLayoutEffect(() => {
    newest.current = { rows, startOf }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other rows move what is in sight
  useLayoutEffect(() => {
    const element = scroller.current
    // At the very top one sees what arrives.
    if (element && element.scrollTop > 0) {
      for (const { id, offset } of places.current) {
        const index = rows.findIndex(row => row?.id === id)
        const start = index === -1 ? undefined : startOf(index)
        if (start === undefined) continue
        if (element.scrollTop !== start - offset) element.scrollTop = start - offset
        break
      }
    }
    remember()
  }, [rows, remember])
  return remember
}

/** Gives the focus to a row when it is there, which may be only after it was scrolled to. */
function useFocusedRow(
  handle: RefObject<LinesHandle | null>,
  scroller: RefObject<HTMLDivElement | null>,
  rows: Rows,
  scrollTo: (index: number) => void,
): void {
  const wanted = useRef<string | null>(null)
  useImperativeHandle(handle, () => ({
    focus(id) {
      const index = rows.findIndex(row => row?.id === id)
      if (index === -1) return
      wanted.current = id
      scrollTo(index)
      settle()
    },
  }))

  function settle(): void {
    const id = wanted.current
    if (id === null) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
    if (!row) return
    wanted.current = null
    row.focus({ preventScroll: true })
  }
  useLayoutEffect(settle)
}
