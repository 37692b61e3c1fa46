/** Chooses one of a list that is short enough to be read: the browser's own control, in our clothes. */
import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { controlClass } from './field.tsx'

export const Select = (props: ComponentProps<'select'>) => (
  <span className="relative block">
    <select {...props} className={cx(controlClass, 'h-9 appearance-none truncate pr-9 touch:h-11')} />
    <ChevronDown
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 right-3 my-auto size-4 text-subtle"
    />
  </span>
)
