/** A question that must be answered before going on. */
import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'
import { cx } from './cx.ts'

interface Props {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  initialFocus?: RefObject<HTMLElement | null>
  /** For what is read in two columns. */
  wide?: boolean
  children: ReactNode
}

export function Dialog({ open, onClose, title, description, initialFocus, wide = false, children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={next => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-(--calm) data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          {...(initialFocus ? { initialFocus } : {})}
          className={cx(
            'pop fixed left-1/2 z-50 max-w-[calc(100vw-2rem)] -translate-x-1/2 overflow-y-auto rounded-lg bg-raised p-5 shadow-raised outline-none max-sm:top-auto max-sm:bottom-4 max-sm:max-h-[calc(100dvh-2rem)]',
            wide ? 'top-[8vh] max-h-[84vh] w-[680px]' : 'top-[18vh] max-h-[74vh] w-[460px]',
          )}
        >
          <Base.Title className="text-lg font-semibold tracking-[-0.01em] text-pretty">{title}</Base.Title>
          {description && (
            <Base.Description className="mt-1 text-sm text-muted text-pretty">{description}</Base.Description>
          )}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
