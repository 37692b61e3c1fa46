/** The units of the organisation in the order of a tree. Pure. */
import type { Unit } from '@pms/contract'

type Branch = Pick<Unit, 'id' | 'name' | 'parent_id'>

/** Each after the one it belongs to, with how deep it lies. */
export function inTree<U extends Branch>(units: readonly U[]): (U & { depth: number })[] {
  const below = Map.groupBy(units, unit => unit.parent_id)
  const walk = (parent: string | null, depth: number): (U & { depth: number })[] =>
    (below.get(parent) ?? []).flatMap(unit => [{ ...unit, depth }, ...walk(unit.id, depth + 1)])
  return walk(null, 0)
}
