/** What rows of lists have in common: the whole of one opens what it is about. */
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** The room at both ends of a row. On a very large screen what stands at its end stays within reach of its beginning. */
export const rowEnds = 'px-4 sm:pl-6 sm:pr-[max(24px,calc(100%-1600px))]'

export const rowClass = `group relative flex items-center gap-3 py-2 sm:gap-5 transition-colors hover:bg-hover has-focus-visible:bg-hover touch:min-h-16 ${rowEnds}`

/** The classes of the link that is the title of a row, and that covers all of it. On a phone it may take two lines. */
export const rowLinkClass =
  "block truncate text-base font-medium max-sm:line-clamp-2 max-sm:whitespace-normal max-sm:break-words outline-none before:absolute before:inset-0 before:content-[''] focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"

/** The line under the title; its parts are apart by dots. On a phone it may wrap into several. */
export const RowLine = ({ children, wraps = false }: { children: ReactNode; wraps?: boolean }) => (
  <p
    className={cx(
      'flex min-w-0 items-baseline gap-1.5 text-sm text-muted',
      wraps && 'max-sm:flex-wrap max-sm:gap-x-3 max-sm:gap-y-0',
    )}
  >
    {children}
  </p>
)

export const Dot = () => (
  <span aria-hidden="true" className="text-subtle">
    ·
  </span>
)
