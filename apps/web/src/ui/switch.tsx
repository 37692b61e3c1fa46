/** Something that is on or off, and changes at once. */
import { Switch as Base } from '@base-ui/react/switch'
import { cx } from './cx.ts'

interface Props {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Its name for those who do not see what it stands beside. */
  label: string
  disabled?: boolean
  title?: string
}

export function Switch({ checked, onChange, label, disabled = false, title }: Props) {
  return (
    <Base.Root
      checked={checked}
      onCheckedChange={next => onChange(next)}
      aria-label={label}
      disabled={disabled}
      title={title}
      className={cx(
        'relative flex h-5 w-9 shrink-0 items-center rounded-full p-0.5 transition-colors after:absolute after:-inset-x-2 after:-inset-y-3',
        checked ? 'bg-accent' : 'bg-(--neutral-mark)',
        disabled ? 'cursor-not-allowed opacity-50' : 'cursor-pointer',
      )}
    >
      <Base.Thumb className="size-4 rounded-full bg-on-accent transition-transform data-checked:translate-x-4" />
    </Base.Root>
  )
}
