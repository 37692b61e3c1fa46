/** A question that must be answered before going on. */
import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'
import { cx } from './cx.ts'

/** On a phone a question is within reach of a thumb; where one types stands above the keyboard. */
const LOW = 'overflow-y-auto p-5 max-sm:top-auto max-sm:bottom-4 max-sm:max-h-[calc(100dvh-2rem)]'
const SHAPES = {
  question: `${LOW} top-[18vh] max-h-[74vh] w-[460px]`,
  wide: `${LOW} top-[8vh] max-h-[84vh] w-[680px]`,
  search: 'top-[12vh] flex max-h-[min(70dvh,520px)] w-[580px] flex-col overflow-hidden max-sm:top-4',
} as const

interface Props {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  initialFocus?: RefObject<HTMLElement | null>
  /** `wide`: for what is read in two columns; `search`: fills itself to its edges, its title is only heard. */
  shape?: keyof typeof SHAPES
  children: ReactNode
}

export function Dialog({
  open,
  onClose,
  title,
  description,
  initialFocus,
  shape = 'question',
  children,
}: Props) {
  return (
    <Base.Root open={open} onOpenChange={next => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-(--calm) data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          {...(initialFocus ? { initialFocus } : {})}
          className={cx(
            'pop fixed left-1/2 z-50 max-w-[calc(100vw-2rem)] -translate-x-1/2 rounded-lg bg-raised shadow-raised outline-none',
            SHAPES[shape],
          )}
        >
          <Base.Title
            className={
              shape === 'search' ? 'sr-only' : 'text-lg font-semibold tracking-[-0.01em] text-pretty'
            }
          >
            {title}
          </Base.Title>
          {description && (
            <Base.Description className="mt-1 text-sm text-muted text-pretty">{description}</Base.Description>
          )}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
