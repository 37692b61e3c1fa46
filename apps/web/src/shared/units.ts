/** The units of the organisation, and the order they stand in. */
import type { Unit, UnitPage } from '@pms/contract'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../api/client.ts'

export const unitsQuery = queryOptions({
  queryKey: ['unit', 'list'],
  // How many people belong to each stands in it.
  meta: { follows: ['user'] },
  queryFn: ({ signal }) => get<UnitPage>('/api/units', { signal }),
  select: (page): Unit[] => page.items,
})

type Branch = Pick<Unit, 'id' | 'name' | 'parent_id'>

/** In the order of a tree: each after the one it belongs to, with how deep it lies. */
export function inTree<U extends Branch>(units: readonly U[]): (U & { depth: number })[] {
  const below = Map.groupBy(units, unit => unit.parent_id)
  const walk = (parent: string | null, depth: number): (U & { depth: number })[] =>
    (below.get(parent) ?? []).flatMap(unit => [{ ...unit, depth }, ...walk(unit.id, depth + 1)])
  return walk(null, 0)
}
