/** Chooses one of the units of the organisation, in the order of their tree. */
import { useQuery } from '@tanstack/react-query'
import type { ComponentProps } from 'react'
import { Select } from '../ui/select.tsx'
import { inTree, unitsQuery } from './units.ts'

interface Props extends ComponentProps<typeof Select> {
  value: string
  /** What stands for choosing none. */
  none: string
}

export function UnitSelect({ value, none, ...rest }: Props) {
  const units = useQuery(unitsQuery).data
  return (
    <Select {...rest} value={value}>
      {units || value === '' ? <option value="">{none}</option> : <option value={value}>…</option>}
      {inTree(units ?? []).map(({ id, name, depth }) => (
        <option key={id} value={id}>
          {'\u2003'.repeat(depth) + name}
        </option>
      ))}
    </Select>
  )
}
