/** Registering types, and reading those that are registered. */
import type { CreateTypeBody, NotificationType, ReplaceTypeBody, TypePage, TypeQuery } from '@pms/contract'
import { resourceChangedForAll } from '@pms/notifier'
import { prepared } from '@pms/notifier/database'
import type { Kysely } from 'kysely'
import { recordAudit } from '../../audit/record.ts'
import { assertMay, type Caller } from '../../auth/caller.ts'
import type { AppDatabase, Tables, Tx } from '../../database.ts'
import { conflict, notFound, unprocessable } from '../../http/errors.ts'
import { pageOf } from '../../paging.ts'
import type { RegisteredTypeTable } from './tables.ts'
import { fieldsIn, fill, hasStrayBrace, isSitePath } from './templates.ts'

export type TypeActions = ReturnType<typeof typeActions>

/** @param builtIn types that the product raises itself: nobody else does */
export function typeActions(database: AppDatabase, builtIn: readonly string[]) {
  return {
    createType: (caller: Caller, { type, ...body }: CreateTypeBody): Promise<NotificationType> =>
      database.transaction(async tx => {
        assertMay(caller, 'keys.manage')
        if (builtIn.includes(type))
          throw taken(`${type} is a type of the product itself: choose another name`)
        checkWords(body)
        const { numInsertedOrUpdatedRows } = await tx.db
          .insertInto('registered_types')
          .values({
            type,
            ...columnsOf(body),
            created_by_id: caller.id,
            created_at: tx.now,
            updated_at: tx.now,
          })
          .onConflict(conflict => conflict.doNothing())
          .executeTakeFirstOrThrow()
        if (numInsertedOrUpdatedRows === 0n) throw taken(`There is a type ${type} already`)
        return record(tx, caller, type, 'notification_type.registered')
      }),

    /** Holds for what is raised from now on: what people have stays as they read it. */
    replaceType: (caller: Caller, type: string, body: ReplaceTypeBody): Promise<NotificationType> =>
      database.transaction(async tx => {
        assertMay(caller, 'keys.manage')
        checkWords(body)
        await tx.db
          .updateTable('registered_types')
          .set({ ...columnsOf(body), updated_at: tx.now })
          .where('type', '=', type)
          .execute()
        return record(tx, caller, type, 'notification_type.replaced')
      }),
  }
}

async function findType(db: Kysely<Tables>, type: string): Promise<NotificationType | undefined> {
  const row = await withMaker(db).where('type', '=', type).executeTakeFirst()
  return row && toType(row)
}

const registered = prepared((db: Kysely<Tables>, type: string) =>
  db.selectFrom('registered_types').selectAll().where('type', '=', type),
)

/** A type as it is kept. */
export async function findRegistered(
  db: Kysely<Tables>,
  type: string,
): Promise<RegisteredTypeTable | undefined> {
  const [row] = await registered(db, type)
  return row
}

export async function isRegistered(db: Kysely<Tables>, type: string): Promise<boolean> {
  return (await findRegistered(db, type)) !== undefined
}

/** Newest first. */
export async function listTypes(db: Kysely<Tables>, { skip, limit }: TypeQuery): Promise<TypePage> {
  const { total } = await db
    .selectFrom('registered_types')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await withMaker(db)
    .orderBy('registered_types.created_at', 'desc')
    .orderBy('type')
    .limit(limit)
    .offset(skip)
    .execute()
  return pageOf(rows.map(toType), total, skip)
}

const taken = (why: string) => conflict(why, { code: 'type_taken' })

/** What no schema can tell: that the texts stand on fields that are always there, and lead nowhere else. */
function checkWords({ title, message, action_url = null, data_schema }: ReplaceTypeBody): void {
  const { properties, required = [] } = data_schema
  for (const name of required) {
    if (!Object.hasOwn(properties, name))
      throw unprocessable('data_schema.required', `data_schema.required names ${name}, which is no property`)
  }
  for (const [field, template] of Object.entries({ title, message, action_url: action_url ?? '' })) {
    if (hasStrayBrace(template))
      throw unprocessable(field, `${field} has a brace that is part of no {placeholder}`)
    const unknown = fieldsIn(template).find(name => !required.includes(name))
    if (unknown !== undefined)
      throw unprocessable(field, `${field} stands on {${unknown}}, which is no required field of the data`)
  }
  const example = Object.fromEntries(required.map(name => [name, 'x']))
  if (action_url !== null && !isSitePath(fill(action_url, example)))
    throw unprocessable('action_url', 'action_url must be a path on this site, such as /payslips/{id}')
}

function columnsOf({ priority, title, message, action_url = null, data_schema }: ReplaceTypeBody) {
  return { priority, title, message, action_url, data_schema: JSON.stringify(data_schema) }
}

async function record(tx: Tx, caller: Caller, type: string, action: string): Promise<NotificationType> {
  const registered = await findType(tx.db, type)
  if (!registered) throw notFound('registered type')
  const object = { type: 'notification_type', id: type }
  await recordAudit(tx, { actor: caller, action, object, detail: { priority: registered.priority } })
  // Everybody says in their settings how they want to hear of it.
  resourceChangedForAll(tx, 'notification_type', type, [caller.id])
  return registered
}

function withMaker(db: Kysely<Tables>) {
  return db
    .selectFrom('registered_types')
    .innerJoin('users', 'users.id', 'registered_types.created_by_id')
    .selectAll('registered_types')
    .select('users.name as maker_name')
}

type Row = Awaited<ReturnType<ReturnType<typeof withMaker>['execute']>>[number]

function toType(row: Row): NotificationType {
  return {
    type: row.type,
    priority: row.priority,
    title: row.title,
    message: row.message,
    action_url: row.action_url,
    data_schema: JSON.parse(row.data_schema),
    created_by: { id: row.created_by_id, name: row.maker_name },
    created_at: row.created_at,
    updated_at: row.updated_at,
    allowed_actions: ['replace'],
  }
}
