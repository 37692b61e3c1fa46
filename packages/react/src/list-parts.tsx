/** What stands in a list where there are no rows: a few words, or the shapes of rows that are on their way. */
import type { ReactNode } from 'react'
import { useStrings } from './strings.ts'

interface MessageProps {
  icon: ReactNode
  title: string
  children: ReactNode
}

export function Message({ icon, title, children }: MessageProps) {
  return (
    <div className="inbox-message">
      {icon}
      <strong>{title}</strong>
      {children}
    </div>
  )
}

interface SkeletonProps {
  /** Of each shape. */
  className: string
  rows: number
}

/** Shown only when it takes a while: the style sheet keeps it invisible at first. */
export function Skeleton({ className, rows }: SkeletonProps) {
  const strings = useStrings()
  return (
    <div className="inbox-skeleton" role="status" aria-label={strings.loading}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike, and stay where they are
        <div key={row} className={className} aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </div>
  )
}
