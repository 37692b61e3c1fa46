/**
 * Raising notifications and settling them, inside the transaction that changes the thing they are about. Both only
 * record what is to happen; `flush.ts` does it just before the commit, and sockets hear of it just after.
 */
import type { Static, TObject } from 'typebox'
import type { EngineTx } from './database/database.ts'
import type { NotificationDefinition } from './define.ts'
import { flush } from './flush.ts'
import type { Intent, ObjectRef } from './intents.ts'

/** Whoever caused something. */
export interface Actor {
  id: string
  name: string
}

export interface NotifyOptions<Data, Words> {
  /** User ids. Each is notified once however often it is named, and the actor never of their own act. */
  to: string | readonly string[]
  /** null: nobody did it, time did. */
  actor: Actor | null
  data: Data
  words: Words
  /** What it is about: the key by which `resolve` finds it. */
  object?: ObjectRef
  /** Raising the same key twice for the same person is done once. */
  dedupeKey?: string
}

/** Raises a notification for each recipient, if this transaction commits. */
export function notify<Data extends TObject, Words>(
  tx: EngineTx,
  definition: NotificationDefinition<Data, Words>,
  options: NotifyOptions<Static<Data>, Words>,
): void {
  const { actor, data, words, object, dedupeKey } = options
  const recipients = new Set(typeof options.to === 'string' ? [options.to] : options.to)
  if (actor) recipients.delete(actor.id)
  if (recipients.size === 0) return

  const input = { actor: actor?.name ?? '', data, words }
  record(tx, {
    kind: 'create',
    userIds: [...recipients],
    draft: {
      type: definition.type,
      priority: definition.priority,
      title: definition.title(input),
      message: definition.message(input),
      action_url: definition.actionUrl(input),
      data: JSON.stringify(data),
      actor_id: actor?.id ?? null,
      actor_name: actor?.name ?? null,
      object_type: object?.type ?? null,
      object_id: object?.id ?? null,
      needs_action: definition.needsAction ? 1 : 0,
      dedupe_key: dedupeKey ?? null,
    },
  })
}

/**
 * Settles every open request about `object`, in every inbox: whoever dealt with it, nobody is asked any more.
 * Unread requests become read. Call it while holding the object's row.
 * @param of user ids: only they are not asked any more; null: nobody is
 */
export function resolve(
  tx: EngineTx,
  object: ObjectRef,
  by: Actor | null,
  of: readonly string[] | null = null,
): void {
  if (of?.length === 0) return
  record(tx, { kind: 'resolve', object, byName: by?.name ?? null, of })
}

/**
 * Ends a person's sockets, if this transaction commits: those let in on one session, or all of them.
 * @param why `unauthenticated`: a new sign-in may do; `forbidden`: none will
 */
export function revoke(
  tx: EngineTx,
  userId: string,
  session: string | null,
  why: 'unauthenticated' | 'forbidden',
): void {
  tx.send({ kind: 'revoked', user_id: userId, session, why })
}

/** Tells people's open pages, if this transaction commits, that something they see has changed. */
export function resourceChanged(tx: EngineTx, resource: string, id: string, userIds: Iterable<string>): void {
  for (const userId of new Set(userIds)) tx.send({ kind: 'resource_changed', user_id: userId, resource, id })
}

/**
 * Tells the open pages of everybody who is connected that something changed which everybody may see. Those who are
 * named hear it at once, the others in the course of the next seconds, so that they do not all fetch it at the same time.
 */
export function resourceChangedForAll(
  tx: EngineTx,
  resource: string,
  id: string,
  first: Iterable<string> = [],
): void {
  const except = [...new Set(first)]
  resourceChanged(tx, resource, id, except)
  tx.send({ kind: 'broadcast', resource, id, except })
}

const recorded = new WeakMap<EngineTx, Intent[]>()

/** Adds an intent to the transaction's one flush. */
function record(tx: EngineTx, intent: Intent): void {
  const intents = recorded.get(tx)
  if (intents) {
    intents.push(intent)
    return
  }
  const first = [intent]
  recorded.set(tx, first)
  tx.beforeCommit(() => flush(tx, first))
}
