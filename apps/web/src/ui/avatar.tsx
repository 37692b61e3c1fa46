/** A person as initials on a colour made from the name. The name itself is written beside it. */
import type { CSSProperties } from 'react'
import { cx } from './cx.ts'
import { hueOf, initials } from './names.ts'

const SIZES = {
  sm: 'size-5 text-[9px]',
  md: 'size-6 text-[10px]',
  lg: 'size-8 text-xs',
  xl: 'size-14 text-lg',
} as const

interface Props {
  name: string
  size?: keyof typeof SIZES
  className?: string
}

export function Avatar({ name, size = 'md', className }: Props) {
  return (
    <span
      aria-hidden="true"
      style={{ '--hue': hueOf(name) } as CSSProperties}
      className={cx(
        'inline-flex shrink-0 select-none items-center justify-center rounded-full font-semibold tracking-normal',
        'bg-[oklch(var(--person-surface)_var(--hue))] text-[oklch(var(--person-text)_var(--hue))]',
        SIZES[size],
        className,
      )}
    >
      {initials(name)}
    </span>
  )
}
