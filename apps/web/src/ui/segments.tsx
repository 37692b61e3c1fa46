/** One of a few neighbouring pages, all in sight: links that look like one control. */
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

interface Segment extends Pick<LinkProps, 'to' | 'search' | 'params'> {
  label: string
  icon?: ReactNode
  current: boolean
}

/** @param compact icons alone where there is little room; their names are read out */
export function Segments({
  label,
  items,
  compact = false,
}: {
  label: string
  items: readonly Segment[]
  compact?: boolean
}) {
  return (
    <nav
      aria-label={label}
      className={cx('flex rounded-md border border-line bg-sunken p-0.5', !compact && 'max-sm:w-full')}
    >
      {items.map(({ label: name, icon, current, ...link }) => (
        <Link
          key={name}
          {...link}
          replace
          // What is marked here is current, whatever else the address says.
          activeOptions={{ exact: true }}
          aria-current={current ? 'page' : undefined}
          {...(compact ? { title: name } : {})}
          className={cx(
            'relative flex flex-1 items-center justify-center gap-1.5 whitespace-nowrap rounded-sm text-sm transition-colors touch:h-11',
            compact ? 'h-[26px] px-2 touch:min-w-11' : 'h-[30px] px-3',
            current
              ? 'bg-raised font-medium text-ink shadow-[0_0_0_1px_var(--line-strong)]'
              : 'text-muted hover:text-ink',
          )}
        >
          {icon}
          <span className={cx(compact && 'sr-only')}>{name}</span>
        </Link>
      ))}
    </nav>
  )
}
