/** Asking for more time, and deciding about it. One request at a time for each initiative. */
import type {
  ApproveExtensionBody,
  DenyExtensionBody,
  ExtensionAction,
  RequestExtensionBody,
} from '@pms/contract'
import { notify } from '@pms/notifier'
import { newId } from '@pms/notifier/database'
import type { Caller } from '../../../auth/caller.ts'
import type { Day } from '../../../calendar.ts'
import type { Tx } from '../../../database.ts'
import { conflict, forbidden, notFound, unprocessable } from '../../../http/errors.ts'
import type { Organisation } from '../../../organisation.ts'
import { requestOf, settleRequest } from '../../../requests/requests.ts'
import { checkDay } from '../details.ts'
import { extensionApproved, extensionDenied } from '../notifications.ts'
import { EXTENSION_RULES } from '../policy.ts'
import type { InitiativeParts } from '../ports.ts'
import { canSee, relationTo, reviewersOf } from '../relation.ts'
import { type Held, holdInitiative, openInitiative, recordStep } from '../steps.ts'
import type { InitiativeExtensionTable, InitiativeTable } from '../tables.ts'
import { aboutExtension, askForTime, extensionObject } from './about.ts'

/** An extension, and the initiative that whoever names it takes it to be of. */
export interface ExtensionKey {
  extension_id: string
  id?: string
}

export function extensionActions(parts: InitiativeParts) {
  const { database, people } = parts

  return {
    requestExtension: (
      caller: Caller,
      id: string,
      { new_due_date, reason }: RequestExtensionBody,
    ): Promise<string> =>
      database.transaction(async tx => {
        const held = await openInitiative(tx, people, caller, id, 'request_extension')
        const { initiative, team } = held
        checkLater(tx, initiative, new_due_date, 'new_due_date')
        const extension: InitiativeExtensionTable = {
          id: newId(),
          initiative_id: id,
          status: 'PENDING',
          requested_by_id: caller.id,
          due_date: initiative.due_date,
          new_due_date,
          reason,
          decided_by_id: null,
          decided_at: null,
          denial_reason: null,
          created_at: tx.now,
        }
        await tx.db.insertInto('initiative_extensions').values(extension).execute()
        const step = { event: 'extension_requested', note: reason, due_date: new_due_date } as const
        await recordStep(tx, people, caller, held, step)
        const reviewers = await reviewersOf(tx.db, people, initiative, team)
        const to = await requestOf(tx, extensionObject(extension), initiative.head_id, reviewers)
        askForTime(tx, caller, initiative, extension, to)
        return id
      }),

    /** To the day that was asked for, or another. What was overdue is again what it was before. */
    approveExtension: (caller: Caller, key: ExtensionKey, body: ApproveExtensionBody): Promise<string> =>
      database.transaction(async tx => {
        const { extension, ...held } = await openExtension(tx, people, caller, key, 'approve')
        const { initiative, team } = held
        const due_date = body.due_date ?? extension.new_due_date
        checkLater(tx, initiative, due_date, 'due_date')
        const set =
          initiative.status === 'OVERDUE'
            ? { due_date, status: initiative.status_before_overdue ?? 'STARTED', status_before_overdue: null }
            : { due_date }
        await decide(tx, caller, extension, { status: 'APPROVED', new_due_date: due_date })
        await recordStep(tx, people, caller, held, { event: 'extension_approved', set, due_date })
        notify(tx, extensionApproved, {
          to: [extension.requested_by_id, ...team.assigneeIds],
          ...aboutExtension(caller, initiative, { ...extension, new_due_date: due_date }),
        })
        return initiative.id
      }),

    denyExtension: (caller: Caller, key: ExtensionKey, { reason }: DenyExtensionBody): Promise<string> =>
      database.transaction(async tx => {
        const { extension, ...held } = await openExtension(tx, people, caller, key, 'deny')
        const { initiative } = held
        await decide(tx, caller, extension, { status: 'DENIED', denial_reason: reason })
        const due_date = extension.new_due_date
        await recordStep(tx, people, caller, held, { event: 'extension_denied', note: reason, due_date })
        const message = aboutExtension(caller, initiative, extension)
        notify(tx, extensionDenied, {
          to: extension.requested_by_id,
          ...message,
          data: { ...message.data, reason },
        })
        return initiative.id
      }),
  }

  function checkLater(tx: Tx, initiative: InitiativeTable, day: Day, field: string): void {
    checkDay(tx, parts, day, field)
    if (day > initiative.due_date) return
    throw unprocessable(field, `${field} must be after ${initiative.due_date}, the day on which it is due`)
  }
}

/** Ends an open request for more time that nobody needs to decide about any more. */
export async function withdrawExtension(
  tx: Tx,
  people: Organisation,
  caller: Caller,
  held: Held,
): Promise<void> {
  if (!held.openExtension) return
  await decide(tx, caller, held.openExtension, { status: 'WITHDRAWN', decided_by_id: null })
  const due_date = held.openExtension.new_due_date
  await recordStep(tx, people, caller, held, { event: 'extension_withdrawn', due_date })
}

async function decide(
  tx: Tx,
  caller: Caller,
  extension: InitiativeExtensionTable,
  set: Partial<InitiativeExtensionTable>,
): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('initiative_extensions')
    .set({ decided_by_id: caller.id, decided_at: tx.now, ...set })
    .where('id', '=', extension.id)
    .where('status', '=', 'PENDING')
    .executeTakeFirst()
  if (numUpdatedRows !== 1n)
    throw new Error(`Extension ${extension.id} changed while its initiative was held`)
  await settleRequest(tx, extensionObject(extension), caller)
}

/** Holds the initiative for this caller to decide about more time for it: 404, 403 or 409 as for the initiative. */
async function openExtension(
  tx: Tx,
  people: Organisation,
  caller: Caller,
  { extension_id, id }: ExtensionKey,
  action: ExtensionAction,
): Promise<Held & { extension: InitiativeExtensionTable }> {
  const find = () =>
    tx.db.selectFrom('initiative_extensions').selectAll().where('id', '=', extension_id).executeTakeFirst()
  const initiativeId = (await find())?.initiative_id
  const held =
    initiativeId !== undefined && (id === undefined || id === initiativeId)
      ? await holdInitiative(tx, initiativeId)
      : undefined
  // Again, now that nobody else can decide.
  const extension = await find()
  if (!held || !extension || !(await canSee(tx.db, people, caller, held.initiative, held.team))) {
    throw notFound('extension')
  }
  const rule = EXTENSION_RULES[action]
  if (!rule.who(await relationTo(tx.db, people, caller, held.initiative, held.team))) {
    throw forbidden('Only who reviews the work can decide about more time for it, and nobody for their own')
  }
  if (!rule.from.includes(extension.status)) {
    const decider = extension.decided_by_id && (await people.findPerson(tx.db, extension.decided_by_id))
    const by = decider ? ` by ${decider.name}` : ''
    throw conflict(
      `This extension was ${extension.status.toLowerCase()}${by} and is ${extension.status} now`,
      {
        currentStatus: extension.status,
      },
    )
  }
  return { ...held, extension }
}
