/** What somebody decided, with their words: why a thing came back, or how it ended. */
import { Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

interface Props {
  /** Returned: it asks for more; neutral: it is over; done: it went well. */
  tone: 'returned' | 'neutral' | 'done'
  /** "Jane Smith rejected this goal 3 h ago" */
  title: ReactNode
  children?: ReactNode
  /** The one useful thing to do now. */
  action?: ReactNode
}

const TONES = {
  returned: ['bg-returned-soft', 'text-returned-text'],
  neutral: ['bg-(--neutral-soft)', 'text-muted'],
  done: ['bg-(--done-soft)', 'text-(--done-text)'],
} as const

export function Verdict({ tone, title, children, action }: Props) {
  const [surface, text] = TONES[tone]
  return (
    <div className={cx('rounded-lg px-4 py-3.5', surface)}>
      <p className={cx('flex items-center gap-2 text-sm font-medium', text)}>
        {tone === 'returned' && <Undo2 aria-hidden="true" className="size-4" />}
        <span>{title}</span>
      </p>
      {children && (
        <blockquote className="mt-1.5 whitespace-pre-wrap break-words text-base text-ink text-pretty">
          {children}
        </blockquote>
      )}
      {action && <div className="mt-3.5 flex gap-2 max-sm:*:flex-1">{action}</div>}
    </div>
  )
}
