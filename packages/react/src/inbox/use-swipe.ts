/** A finger that draws a row to the right. The row follows it; let go far enough, something is done. */
import { type PointerEvent, useRef } from 'react'

/** Less is a tap that trembles. */
const STARTS_AT = 12
const DONE_AT = 72

interface Drag {
  x: number
  y: number
  /** How far by now; null until it is clear that this is no scrolling. */
  way: number | null
}

export function useSwipe(onSwipe: () => void) {
  const drag = useRef<Drag | null>(null)
  const swiped = useRef(false)

  function move(element: HTMLElement, way: number): void {
    element.style.setProperty('--_swipe', `${way}px`)
    element.toggleAttribute('data-swiping', way > 0)
    element.toggleAttribute('data-swiped', way >= DONE_AT)
  }

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.pointerType !== 'touch') return
      swiped.current = false
      drag.current = { x: event.clientX, y: event.clientY, way: null }
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const now = drag.current
      if (now === null) return
      const [x, y] = [event.clientX - now.x, event.clientY - now.y]
      if (now.way === null && (x < STARTS_AT || Math.abs(y) > x)) return
      if (now.way === null) event.currentTarget.setPointerCapture?.(event.pointerId)
      now.way = Math.max(0, x - STARTS_AT)
      move(event.currentTarget, now.way)
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const way = drag.current?.way ?? null
      drag.current = null
      if (way === null) return
      swiped.current = true
      move(event.currentTarget, 0)
      if (way >= DONE_AT) onSwipe()
    },
    onPointerCancel(event: PointerEvent<HTMLElement>) {
      drag.current = null
      move(event.currentTarget, 0)
    },
    /** The click at the end of a swipe is none. */
    onClickCapture(event: { stopPropagation(): void; preventDefault(): void }) {
      if (!swiped.current) return
      swiped.current = false
      event.stopPropagation()
      event.preventDefault()
    },
  }
}
