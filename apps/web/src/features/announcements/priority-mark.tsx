/** The priority of an announcement as a small mark; its word is written beside it or read out. */
import type { Priority } from '@pms/protocol'
import { CircleAlert } from 'lucide-react'
import { cx } from '../../ui/cx.ts'
import { PRIORITY_LABELS } from './words.ts'

export function PriorityMark({ priority, className }: { priority: Priority; className?: string }) {
  return (
    <span className={cx('inline-flex size-4 shrink-0 items-center justify-center', className)}>
      {priority === 'urgent' ? (
        // As in the inbox: a sign cut out of a red disc.
        <CircleAlert
          aria-hidden="true"
          strokeWidth={2.5}
          className="size-[18px] shrink-0 fill-(--overdue-mark) text-surface"
        />
      ) : (
        <span aria-hidden="true" className={cx('size-2 rounded-full', DOTS[priority])} />
      )}
      <span className="sr-only">{PRIORITY_LABELS[priority]} priority</span>
    </span>
  )
}

const DOTS = {
  low: '',
  medium: 'border-[1.5px] border-subtle',
  high: 'bg-accent',
} as const
