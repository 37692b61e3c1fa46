/** Units as the options of a select, in the order of their tree. */
import { useQuery } from '@tanstack/react-query'
import { inTree, unitsQuery } from './units.ts'

/** What stands for choosing none comes before it. */
export function UnitOptions() {
  const units = useQuery(unitsQuery).data ?? []
  return inTree(units).map(({ id, name, depth }) => (
    <option key={id} value={id}>
      {'\u2003'.repeat(depth) + name}
    </option>
  ))
}
