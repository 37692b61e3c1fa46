/**
 * What a finger does to a row: it draws it to the right, and let go far enough something is done; or it rests on it,
 * and it is ticked.
 */
import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react'

/** Less is a tap that trembles. */
const STARTS_AT = 12
const DONE_AT = 72
/** Longer than a tap, as phones have it. */
const HELD_AFTER = 500

interface Touch {
  x: number
  y: number
  /** How far it was drawn by now; null until it is clear that this is no scrolling. */
  way: number | null
}

interface Finger {
  onSwipe: () => void
  onHold: () => void
}

export function useFinger({ onSwipe, onHold }: Finger) {
  const touch = useRef<Touch | null>(null)
  const wasMore = useRef(false)
  const held = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(held.current), [])

  function move(element: HTMLElement, way: number): void {
    element.style.setProperty('--_swipe', `${way}px`)
    element.toggleAttribute('data-swiping', way > 0)
    element.toggleAttribute('data-swiped', way >= DONE_AT)
  }

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      wasMore.current = false
      if (event.pointerType !== 'touch') return
      touch.current = { x: event.clientX, y: event.clientY, way: null }
      held.current = setTimeout(() => {
        touch.current = null
        wasMore.current = true
        onHold()
      }, HELD_AFTER)
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const now = touch.current
      if (now === null) return
      const [x, y] = [event.clientX - now.x, event.clientY - now.y]
      if (Math.hypot(x, y) >= STARTS_AT) clearTimeout(held.current)
      if (now.way === null && (x < STARTS_AT || Math.abs(y) > x)) return
      if (now.way === null) event.currentTarget.setPointerCapture?.(event.pointerId)
      now.way = Math.max(0, x - STARTS_AT)
      move(event.currentTarget, now.way)
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      clearTimeout(held.current)
      const way = touch.current?.way ?? null
      touch.current = null
      if (way === null) return
      wasMore.current = true
      move(event.currentTarget, 0)
      if (way >= DONE_AT) onSwipe()
    },
    onPointerCancel(event: PointerEvent<HTMLElement>) {
      clearTimeout(held.current)
      touch.current = null
      move(event.currentTarget, 0)
    },
    /** Where a finger rests phones offer to select text. */
    onContextMenu(event: MouseEvent) {
      if (touch.current !== null || wasMore.current) event.preventDefault()
    },
    /** The click at the end of it is none. */
    onClickCapture(event: MouseEvent) {
      if (!wasMore.current) return
      wasMore.current = false
      event.stopPropagation()
      event.preventDefault()
    },
  }
}
