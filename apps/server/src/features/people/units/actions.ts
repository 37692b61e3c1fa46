/** Building the organisation: its units, each below one of the level before, so that none is ever below itself. */
import { type CreateUnitBody, type EditUnitBody, UNIT_KINDS, type UnitKind } from '@pms/contract'
import { resourceChangedForAll } from '@pms/notifier'
import { newId } from '@pms/notifier/database'
import { recordAudit } from '../../../audit/record.ts'
import { assertMay, type Caller } from '../../../auth/caller.ts'
import type { AppDatabase, Tx } from '../../../database.ts'
import { conflict, notFound, unprocessable } from '../../../http/errors.ts'
import type { OrgUnitTable } from '../tables.ts'

export type UnitActions = ReturnType<typeof unitActions>

/** The verbs, for those who keep accounts. Each answers the id of the unit. */
export function unitActions(database: AppDatabase) {
  return {
    create: (caller: Caller, { name, kind, parent_id = null }: CreateUnitBody): Promise<string> =>
      database.transaction(async tx => {
        assertMay(caller, 'users.manage')
        const unit: OrgUnitTable = { id: newId(), name: name.trim(), kind, parent_id }
        await assertParent(tx, kind, parent_id)
        await tx.db.insertInto('org_units').values(unit).execute()
        await record(tx, caller, unit.id, 'created', { name: unit.name, kind, parent_id })
        return unit.id
      }),

    edit: (caller: Caller, id: string, body: EditUnitBody): Promise<string> =>
      database.transaction(async tx => {
        assertMay(caller, 'users.manage')
        const unit = await held(tx, id)
        const { name = unit.name, parent_id = unit.parent_id } = body
        if (parent_id !== unit.parent_id) await assertParent(tx, unit.kind, parent_id)
        const set = { name: name.trim(), parent_id }
        if (set.name === unit.name && parent_id === unit.parent_id) return id
        await tx.db.updateTable('org_units').set(set).where('id', '=', id).execute()
        const from = { name: unit.name, parent_id: unit.parent_id }
        await record(tx, caller, id, 'edited', { from, to: set })
        return id
      }),

    /** Only what is empty goes: nobody and nothing is left without a place. */
    remove: (caller: Caller, id: string): Promise<string> =>
      database.transaction(async tx => {
        assertMay(caller, 'users.manage')
        const unit = await held(tx, id)
        await assertEmpty(tx, unit)
        await tx.db
          .deleteFrom('org_units')
          .where('id', '=', id)
          .execute()
          .catch(error => {
            if (isStillNamed(error)) throw notEmpty(`Something belongs to ${unit.name}, such as a goal`)
            throw error
          })
        await record(tx, caller, id, 'deleted', { name: unit.name, kind: unit.kind })
        return id
      }),
  }
}

async function held(tx: Tx, id: string): Promise<OrgUnitTable> {
  const unit = await tx.capabilities
    .lockRows(tx.db.selectFrom('org_units').selectAll().where('id', '=', id))
    .executeTakeFirst()
  if (!unit) throw notFound('unit')
  return unit
}

/** Each level belongs to the one before. */
async function assertParent(tx: Tx, kind: UnitKind, parentId: string | null): Promise<void> {
  const above = UNIT_KINDS[UNIT_KINDS.indexOf(kind) - 1]
  if (above === undefined) {
    if (parentId !== null) throw unprocessable('parent_id', `What is ${kind} belongs to nothing above it`)
    return
  }
  const parent =
    parentId === null
      ? undefined
      : await tx.db.selectFrom('org_units').select('kind').where('id', '=', parentId).executeTakeFirst()
  if (parent?.kind !== above) throw unprocessable('parent_id', `A ${kind} belongs to a ${above} unit`)
}

async function assertEmpty(tx: Tx, unit: OrgUnitTable): Promise<void> {
  const child = await tx.db
    .selectFrom('org_units')
    .select('name')
    .where('parent_id', '=', unit.id)
    .executeTakeFirst()
  if (child) throw notEmpty(`${child.name} belongs to ${unit.name}`)
  const person = await tx.db
    .selectFrom('users')
    .select('name')
    .where('unit_id', '=', unit.id)
    .executeTakeFirst()
  if (person) throw notEmpty(`${person.name} belongs to ${unit.name}`)
}

const notEmpty = (detail: string) =>
  conflict(`${detail}: only what is empty is deleted`, { code: 'not_empty' })

/** Other features keep things for units, and say so by foreign keys; every engine words the refusal alike. */
function isStillNamed(error: unknown): boolean {
  return error instanceof Error && /foreign key constraint/i.test(error.message)
}

async function record(
  tx: Tx,
  caller: Caller,
  id: string,
  event: 'created' | 'edited' | 'deleted',
  detail: Record<string, unknown>,
): Promise<void> {
  await recordAudit(tx, { actor: caller, action: `unit.${event}`, object: { type: 'unit', id }, detail })
  resourceChangedForAll(tx, 'unit', id, [caller.id])
}
