/** Who reports to somebody who leaves goes on reporting to somebody. */
import { recordAudit } from '../../audit/record.ts'
import type { Handover } from '../../handover.ts'
import { isAbove } from './reporting-lines.ts'
import { tellOfPerson } from './telling.ts'

export const reportHandover: Handover = {
  kind: 'reports',

  async count(db, userId) {
    const { count } = await db
      .selectFrom('users')
      .where('supervisor_id', '=', userId)
      .where('id', '!=', userId)
      .where('status', '!=', 'archived')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(count)
  },

  async handOver(tx, caller, from, to) {
    const isBelow = await isAbove(tx.db, from.id, to.id)
    const people = await tx.db
      .selectFrom('users')
      .select(['id', 'supervisor_id'])
      .where(({ eb, or }) => or([eb('supervisor_id', '=', from.id), eb('id', 'in', [from.id, to.id])]))
      .where('status', '!=', 'archived')
      .orderBy('id')
      .execute()
    const above = people.find(person => person.id === from.id)?.supervisor_id ?? null
    for (const { id, supervisor_id } of people) {
      if (id === from.id || (id === to.id && !isBelow)) continue
      // Who takes the place of somebody above takes it in the line too, or it would run in a loop.
      const supervisor = id !== to.id ? to.id : above === to.id ? null : above
      await tx.db
        .updateTable('users')
        .set({ supervisor_id: supervisor, updated_at: tx.now })
        .where('id', '=', id)
        .execute()
      await recordAudit(tx, {
        actor: caller,
        action: 'user.edited',
        object: { type: 'user', id },
        detail: { changed: { supervisor_id: { from: supervisor_id, to: supervisor } } },
      })
      tellOfPerson(tx, id, [caller.id, to.id])
    }
  },
}
