/** The lists that a page has, each a link of its own, with how many things in it ask for something. */
import { Link, type LinkProps } from '@tanstack/react-router'
import { cx } from './cx.ts'

export interface Tab extends Pick<LinkProps, 'to' | 'search' | 'params'> {
  label: string
  current: boolean
  count?: number
}

export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="-mb-px flex gap-5 overflow-x-auto [scrollbar-width:none]">
      {tabs.map(({ label: name, current, count = 0, ...link }) => (
        <Link
          key={name}
          {...link}
          // Filters do not change which list it is: only what is marked here is current.
          activeOptions={{ exact: true }}
          aria-current={current ? 'page' : undefined}
          className={cx(
            'relative flex h-11 shrink-0 items-center gap-1.5 border-b-2 after:absolute after:-inset-x-2 after:inset-y-0 text-sm font-medium transition-colors focus-visible:-outline-offset-2',
            current ? 'border-ink text-ink' : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {name}
          {count > 0 && (
            <span className="rounded-full bg-accent-soft px-1.5 text-xs font-medium text-accent-text tabular-nums">
              {count}
            </span>
          )}
        </Link>
      ))}
    </nav>
  )
}
