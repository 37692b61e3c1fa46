/** The types that people can have a say about: those of the product, and those that other systems registered. */
import type { NotificationPreference, NotificationReason } from '@pms/contract'
import type { NotificationDefinition } from '@pms/notifier'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database.ts'

export type KnownType = Pick<NotificationPreference, 'type' | 'needs_action' | 'raised_by' | 'reasons'>

type Definition = Pick<NotificationDefinition, 'type' | 'priority' | 'needsAction' | 'about'>

/** In the order of the definitions; several texts of one type are one. */
export function builtInTypes(definitions: readonly Definition[]): KnownType[] {
  const byType = Map.groupBy(definitions, definition => definition.type)
  return [...byType].map(([type, texts]) => ({
    type,
    needs_action: texts.every(text => text.needsAction)
      ? 'always'
      : texts.some(text => text.needsAction)
        ? 'sometimes'
        : 'never',
    raised_by: 'product',
    reasons: texts.flatMap(text => toReason(text) ?? []),
  }))
}

function toReason({ about, priority, needsAction = false }: Definition): NotificationReason | undefined {
  return (
    about && { raised_by: about.raisedBy, recipients: about.recipients, priority, needs_action: needsAction }
  )
}

/** By name. */
export async function registeredTypes(db: Kysely<Tables>): Promise<KnownType[]> {
  const rows = await db.selectFrom('registered_types').select(['type', 'priority']).orderBy('type').execute()
  return rows.map(({ type, priority }) => ({
    type,
    needs_action: 'never',
    raised_by: 'other_system',
    reasons: [
      {
        raised_by: 'Another system of the organisation has something to tell',
        recipients: 'Whom that system names',
        priority,
        needs_action: false,
      },
    ],
  }))
}
