/** Menus that drop from a button. */
import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ComponentProps, ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'

interface MenuProps {
  /** The button; it gets what opens the menu. */
  trigger: ReactElement<Record<string, unknown>>
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  startsOpen?: boolean
  children: ReactNode
}

export function Menu({ trigger, align = 'start', side = 'bottom', startsOpen = false, children }: MenuProps) {
  return (
    <Base.Root modal={false} defaultOpen={startsOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={6} collisionPadding={8} className="z-40">
          <Base.Popup className="pop max-h-(--available-height) min-w-44 overflow-y-auto rounded-lg bg-raised p-1 shadow-raised outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const ITEM =
  'flex h-8 cursor-default select-none items-center gap-2.5 rounded-md px-2 text-sm outline-none data-highlighted:bg-hover touch:h-11 dark:data-highlighted:bg-pressed'

export function MenuItem({ className, ...rest }: ComponentProps<typeof Base.Item>) {
  return <Base.Item {...rest} className={cx(ITEM, className as string)} />
}

export function MenuSwitch({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}) {
  return (
    <Base.CheckboxItem checked={checked} onCheckedChange={onChange} closeOnClick={false} className={ITEM}>
      {children}
      <span
        aria-hidden="true"
        className={cx(
          'ml-auto flex h-4 w-7 items-center rounded-full p-0.5 transition-colors',
          checked ? 'bg-accent' : 'bg-line-strong',
        )}
      >
        <span
          className={cx('size-3 rounded-full bg-on-accent transition-transform', checked && 'translate-x-3')}
        />
      </span>
    </Base.CheckboxItem>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string; icon?: ReactNode }[]
  onChange: (value: T) => void
  /** Whether the menu stays, so that one sees what the choice does. */
  stay?: boolean
}

export function MenuChoice<T extends string>({
  label,
  value,
  options,
  onChange,
  stay = false,
}: ChoiceProps<T>) {
  return (
    <Base.RadioGroup aria-label={label} value={value} onValueChange={next => onChange(next as T)}>
      {options.map(option => (
        <Base.RadioItem key={option.value} value={option.value} closeOnClick={!stay} className={ITEM}>
          {option.icon}
          {option.label}
          <Base.RadioItemIndicator className="ml-auto pl-4">
            <Check aria-hidden="true" className="size-4 text-muted" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}

export const MenuLine = () => <Base.Separator className="-mx-1 my-1 h-px bg-line" />

export const MenuHeading = ({ children }: { children: ReactNode }) => (
  <div className="px-2 pt-1.5 pb-1 text-xs text-subtle">{children}</div>
)
