/** Chooses one of a list that is short enough to be read: the browser's own control, in our clothes. */
import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { controlClass } from './field.tsx'

export const Select = ({ className, ...rest }: ComponentProps<'select'>) => (
  <select {...rest} className={cx(controlClass, 'h-9 touch:h-11', className)} />
)
