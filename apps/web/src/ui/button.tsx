/** Buttons, and links that look like them. */
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

const VARIANTS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line-strong bg-surface text-ink shadow-control hover:bg-hover',
  danger: 'bg-danger text-on-accent hover:bg-danger-hover',
  ghost: 'text-muted hover:bg-hover hover:text-ink',
} as const

export type ButtonVariant = keyof typeof VARIANTS

const BASE =
  'inline-flex h-8 shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md px-3 text-sm font-medium transition-colors disabled:opacity-50 touch:h-11 touch:px-4'

/** The classes of a button, for links. */
export const buttonClass = (variant: ButtonVariant = 'secondary', className?: string) =>
  cx(BASE, VARIANTS[variant], className)

interface Props extends ComponentProps<'button'> {
  variant?: ButtonVariant
  /** Under way: cannot be pressed again, keeps its width. */
  busy?: boolean
  icon?: ReactNode
}

export function Button({ variant = 'secondary', busy = false, icon, children, className, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      disabled={busy || rest.disabled}
      aria-busy={busy || undefined}
      className={buttonClass(variant, className)}
    >
      {icon}
      {children}
    </button>
  )
}

/** A square button of a single icon; `label` is its name for those who do not see it. */
export function IconButton({ label, className, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink data-popup-open:bg-hover touch:size-11',
        className,
      )}
    />
  )
}
