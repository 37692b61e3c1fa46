/** The letter that does the same. Hidden where there is no keyboard to speak of, or letters are no keys. */
import { cx } from './cx.ts'
import { useLetterKeys } from './letter-keys.ts'

export function Kbd({ children, onAccent = false }: { children: string; onAccent?: boolean }) {
  if (!useLetterKeys()) return null
  return (
    <span
      aria-hidden="true"
      className={cx(
        '-mr-1 inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm px-1 font-sans text-[11px] font-medium touch:hidden',
        onAccent ? 'bg-on-accent/20 text-on-accent' : 'bg-pressed text-muted',
      )}
    >
      {children}
    </span>
  )
}
