/** The frame of the goal forms: heading, what will happen, and the way between one's own and the team's. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import { PageHeading } from '../../ui/page.tsx'

interface Props {
  title: string
  lead: string
  /** Which of the two new-goal pages this is; null where there is nothing to change between. */
  views?: 'own' | 'team' | null
  children: ReactNode
}

export function FormFrame({ title, lead, views = null, children }: Props) {
  return (
    <div className="mx-auto max-w-[592px] px-4 py-8 sm:px-6 sm:py-10">
      <div className="mb-8 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <PageHeading title={title} className="text-2xl" />
          {lead && <p className="mt-1 text-sm text-muted">{lead}</p>}
        </div>
        {views && (
          <nav
            aria-label="Whose goal"
            className="flex rounded-md border border-line bg-sunken p-0.5 max-sm:w-full"
          >
            <View to="/goals/new" current={views === 'own'}>
              For me
            </View>
            <View to="/goals/assign" current={views === 'team'}>
              For my team
            </View>
          </nav>
        )}
      </div>
      {children}
    </div>
  )
}

function View({
  to,
  current,
  children,
}: {
  to: '/goals/new' | '/goals/assign'
  current: boolean
  children: string
}) {
  return (
    <Link
      to={to}
      replace
      aria-current={current ? 'page' : undefined}
      className={cx(
        'flex h-[30px] flex-1 items-center justify-center whitespace-nowrap rounded-sm px-3 text-sm transition-colors touch:h-11',
        current
          ? 'bg-raised font-medium text-ink shadow-[0_0_0_1px_var(--line-strong)]'
          : 'text-muted hover:text-ink',
      )}
    >
      {children}
    </Link>
  )
}
