/** Reading the units of the organisation. */
import type { Unit, UnitAction } from '@pms/contract'
import type { Kysely } from 'kysely'
import type { Caller } from '../../../auth/caller.ts'
import type { Tables } from '../../../database.ts'

/** All units by name, with what this caller can do to each. */
export async function listUnits(db: Kysely<Tables>, caller: Caller): Promise<Unit[]> {
  const units = await db.selectFrom('org_units').selectAll().orderBy('name').orderBy('id').execute()
  const members = await db
    .selectFrom('users')
    .where('unit_id', 'is not', null)
    .groupBy('unit_id')
    .select(({ fn }) => [
      'unit_id',
      fn.count<number>('id').filterWhere('status', '!=', 'archived').as('there'),
    ])
    .execute()
  const counts = new Map(members.map(row => [row.unit_id, row]))
  const parents = new Set(units.map(unit => unit.parent_id))
  const mayManage = caller.permissions.has('users.manage')
  return units.map(unit => {
    const isEmpty = !parents.has(unit.id) && !counts.has(unit.id)
    const actions: UnitAction[] = isEmpty ? ['edit', 'delete'] : ['edit']
    return {
      ...unit,
      people: Number(counts.get(unit.id)?.there ?? 0),
      allowed_actions: mayManage ? actions : [],
    }
  })
}

/** The ids of a unit and of all below it, for use inside another query: `where('unit_id', 'in', unitIds(…))`. */
export function unitIds(db: Kysely<Tables>, unitId: string) {
  return db
    .withRecursive('branch(id)', branch =>
      branch
        .selectFrom('org_units')
        .where('org_units.id', '=', unitId)
        .select('org_units.id')
        .union(
          branch
            .selectFrom('branch')
            .innerJoin('org_units', 'org_units.parent_id', 'branch.id')
            .select('org_units.id'),
        ),
    )
    .selectFrom('branch')
    .select('branch.id')
}
