/** What a page says instead of its content: nothing here yet, something went wrong, something to know first. */
import { type LucideIcon, TriangleAlert, WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError, sentenceOf } from '../api/problem.ts'
import { Button } from './button.tsx'
import { cx } from './cx.ts'

interface EmptyProps {
  icon: LucideIcon
  title: string
  children?: ReactNode
  action?: ReactNode
}

export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <div className="flex flex-col items-center px-6 py-20 text-center">
      <Icon aria-hidden="true" className="mb-4 size-7 text-subtle" strokeWidth={1.5} />
      <p className="font-medium">{title}</p>
      {children && <p className="mt-1 max-w-80 text-pretty text-sm text-muted">{children}</p>}
      {action && <div className="mt-5 flex gap-2">{action}</div>}
    </div>
  )
}

/** Says what happened, and offers to try again. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const offline = error instanceof ApiError && error.status === 0
  return (
    <div role="alert">
      <Empty
        icon={offline ? WifiOff : TriangleAlert}
        title={offline ? 'No connection' : 'This could not be loaded'}
        action={<Button onClick={retry}>Try again</Button>}
      >
        {sentenceOf(error)}
      </Empty>
    </div>
  )
}

const NOTICES = {
  error: 'bg-danger-soft text-danger-text',
  info: 'bg-hover text-ink',
} as const

/** A sentence above what it is about. */
export function Notice({
  tone = 'error',
  children,
  className,
}: {
  tone?: keyof typeof NOTICES
  children: ReactNode
  className?: string
}) {
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      className={cx('rounded-md px-3 py-2 text-sm break-words', NOTICES[tone], className)}
    >
      {children}
    </div>
  )
}
