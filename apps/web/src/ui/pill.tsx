/** The state of a thing in one word. Colour is never alone: the word is always there. */
import { cx } from './cx.ts'

/** The five states of everything that moves through hands, and one for what was given up. */
export type Tone = 'awaiting' | 'active' | 'returned' | 'done' | 'overdue' | 'neutral'

const TONES: Record<Tone, string> = {
  awaiting: 'bg-(--awaiting-soft) text-(--awaiting-text)',
  active: 'bg-(--active-soft) text-(--active-text)',
  returned: 'bg-(--returned-soft) text-(--returned-text)',
  done: 'bg-(--done-soft) text-(--done-text)',
  overdue: 'bg-(--overdue-soft) text-(--overdue-text)',
  neutral: 'bg-(--neutral-soft) text-(--neutral-text)',
}

export function Pill({ tone, children, className }: { tone: Tone; children: string; className?: string }) {
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center whitespace-nowrap rounded-full px-2 text-xs font-medium',
        TONES[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}
