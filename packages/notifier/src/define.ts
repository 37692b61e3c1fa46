/** Defining a notification: everything the product needs to know of a type, in one place. */
import type { Priority } from '@pms/protocol'
import type { Static, TObject } from 'typebox'

/** What the texts of a notification are made from. */
export interface RenderInput<Data, Words> {
  /** Name of whoever caused it; empty when nobody did. */
  actor: string
  data: Data
  words: Words
}

export interface NotificationDefinition<Data extends TObject = TObject, Words = unknown> {
  /** Stable name, in snake_case: clients filter and count by it. */
  type: string
  priority: Priority
  /** It asks its reader to decide something, and stays open until `resolve` says that it was dealt with. */
  needsAction?: boolean
  /** For the list of all types: what happened, and who is told. */
  about?: { readonly raisedBy: string; readonly recipients: string }
  /** What is kept and sent with it: the ids it is about, a reason. Never anything its reader may not see. */
  data: Data
  title(input: RenderInput<Static<Data>, Words>): string
  message(input: RenderInput<Static<Data>, Words>): string
  /** Path of the page where the thing it is about can be seen or done. */
  actionUrl(input: RenderInput<Static<Data>, Words>): string | null
}

/**
 * Defines a notification type. `Words` are what the texts need beyond `data`, such as a title that may change later:
 * they are rendered once and not kept.
 *
 * ```ts
 * const ticketAssigned = defineNotification<{ subject: string }>()({
 *   type: 'ticket_assigned',
 *   priority: 'high',
 *   data: Type.Object({ ticket_id: Type.String() }),
 *   title: () => 'New ticket',
 *   message: ({ actor, words }) => `${actor} has assigned you '${words.subject}'.`,
 *   actionUrl: ({ data }) => `/tickets/${data.ticket_id}`,
 * })
 * ```
 */
export function defineNotification<Words = Record<never, never>>() {
  return <Data extends TObject>(definition: NotificationDefinition<Data, Words>) => definition
}
