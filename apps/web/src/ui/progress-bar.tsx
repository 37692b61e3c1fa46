/** How far along, as a thin bar; the number is written beside it by whoever shows it. */
import { cx } from './cx.ts'

interface Props {
  percent: number
  label: string
  /** Of something given up: how far it came is no achievement. */
  quiet?: boolean
  className?: string
}

export function ProgressBar({ percent, label, quiet = false, className }: Props) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cx('h-1 overflow-hidden rounded-full bg-pressed', className)}
    >
      <div
        className={cx(
          'h-full rounded-full transition-[width] duration-(--calm)',
          quiet ? 'bg-line-strong' : percent === 100 ? 'bg-done-mark' : 'bg-active-mark',
        )}
        style={{ width: `${percent}%` }}
      />
    </div>
  )
}
