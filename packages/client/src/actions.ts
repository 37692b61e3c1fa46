/**
 * What a person does: shown at once, sent by REST one after the other in the order of the clicks, taken back where
 * the server refuses.
 */
import { type BulkResult, formatCommand } from '@pms/protocol'
import type { Emitter } from './emitter.ts'
import type { Environment } from './environment.ts'
import type { Marks } from './marks.ts'
import type { Model } from './model.ts'
import type { Intent } from './overlay.ts'
import type { Rest } from './rest.ts'
import type { ActionResult, BulkAction, Failure, Inbox, InboxEvents, InboxItem } from './types.ts'

type Actions = Pick<Inbox, 'markRead' | 'markUnread' | 'markAllRead' | 'remove' | 'restore' | 'bulk'>

type Done<T> = { ok: true; value: T } | { ok: false; failure: Failure }

interface Step<T> {
  intents: readonly Intent[]
  call: () => Promise<T>
  /** What is done, in the words of an `error` event. */
  request: string
  /** Whether the server, though it agreed to the whole, did not do this part. */
  isRefused?: (intent: Intent, answer: T) => boolean
}

export interface ActionsOptions {
  model: Model
  rest: Rest
  events: Emitter<InboxEvents>
  marks: Marks
  environment: Pick<Environment, 'schedule'>
  /** Asks the server for all that is after what is known, where there is a socket. */
  ask: () => void
}

/** How many removed rows are remembered, to show them again at once when the removal is undone. */
const REMEMBERED = 200
/** The most that one call of the server takes. */
const CHUNK = 100
/** How long an undo waits to be told what it undoes. Usually that is there before the click. */
const TOLD_WITHIN = 10_000
/** How long what the server agreed to may be missing from what it tells, before it is asked. */
const TOLD_SOON = 1_000

const NOT_TOLD: Failure = {
  status: null,
  code: 'not_told',
  message: 'It cannot be undone yet',
}

export function createActions({ model, rest, events, marks, environment, ask }: ActionsOptions): Actions {
  const removed = new Map<string, InboxItem>()
  let queue: Promise<unknown> = Promise.resolve()

  async function perform<T>({ intents, call, request, isRefused }: Step<T>): Promise<Done<T>> {
    const mine = new Set(intents.map(intent => ({ intent, settled: false })))
    model.update({ pending: [...model.parts.pending, ...mine] })
    const sent = queue.then(call)
    queue = sent.catch(() => {})
    const done = await sent.then(
      (value): Done<T> => ({ ok: true, value }),
      (failure: Failure): Done<T> => ({ ok: false, failure }),
    )
    const stays = (intent: Intent) => done.ok && !isRefused?.(intent, done.value)
    const pending = model.parts.pending.flatMap(other => {
      if (!mine.has(other)) return [other]
      return stays(other.intent) ? [{ ...other, settled: true }] : []
    })
    model.update({ pending })
    // Done and then undone from elsewhere, all before the answer came, it will never be told as done.
    environment.schedule(() => {
      if (model.parts.pending.some(({ intent }) => intents.includes(intent))) ask()
    }, TOLD_SOON)
    if (!done.ok) events.emit('error', { code: done.failure.code, message: done.failure.message, request })
    return done
  }

  async function simply(
    intents: readonly Intent[],
    call: () => Promise<unknown>,
    request: string,
  ): Promise<ActionResult> {
    const done = await perform({ intents, call, request })
    return done.ok ? { ok: true } : done
  }

  function intentTo(action: BulkAction, id: string): Intent {
    if (action === 'read' || action === 'unread') return { kind: action, id }
    if (action === 'restore') return { kind: action, id, item: removed.get(id) ?? null }
    const item = model.getSnapshot().items.find(other => other.id === id)
    if (item !== undefined) removed.set(id, item)
    const [oldest] = removed.keys()
    if (removed.size > REMEMBERED && oldest !== undefined) removed.delete(oldest)
    return { kind: 'remove', id }
  }

  async function undoMarkAll(told: Promise<number>): Promise<ActionResult> {
    let giveUp = () => {}
    const version = await new Promise<number | null>(resolve => {
      giveUp = environment.schedule(() => resolve(null), TOLD_WITHIN)
      void told.then(resolve)
    })
    giveUp()
    const call = () => (version === null ? Promise.reject(NOT_TOLD) : rest.undoMarkAllRead(version))
    return simply([], call, 'mark_all_read:undo')
  }

  return {
    markRead: id =>
      simply([intentTo('read', id)], () => rest.markRead(id), formatCommand({ verb: 'mark_read', id })),
    markUnread: id =>
      simply([intentTo('unread', id)], () => rest.markUnread(id), formatCommand({ verb: 'mark_unread', id })),
    remove: id =>
      simply([intentTo('delete', id)], () => rest.remove(id), formatCommand({ verb: 'delete', id })),
    restore: id => simply([intentTo('restore', id)], () => rest.restore(id), `restore:${id}`),

    async markAllRead() {
      const throughSeq = model.parts.base.version
      const told = marks.expect(throughSeq)
      const done = await perform({
        intents: [{ kind: 'read_all', throughSeq }],
        call: () => rest.markAllRead(throughSeq),
        request: formatCommand({ verb: 'mark_all_read', throughSeq }),
      })
      if (!done.ok) return done
      // What changed nothing took no version, and there is nothing to undo.
      const nothing = /^0 /.test(done.value.message)
      return { ok: true, undo: async () => (nothing ? { ok: true } : undoMarkAll(told)) }
    },

    async bulk(ids, action) {
      const chunks: Array<Promise<Done<BulkResult>>> = []
      const distinct = [...new Set(ids)]
      for (let from = 0; from < distinct.length; from += CHUNK) {
        const chunk = distinct.slice(from, from + CHUNK)
        chunks.push(
          perform({
            intents: chunk.map(id => intentTo(action, id)),
            call: () => rest.bulk(chunk, action),
            request: `bulk:${action}`,
            isRefused: (intent, { not_found }) => 'id' in intent && not_found.includes(intent.id),
          }),
        )
      }
      let changed = 0
      const notFound: string[] = []
      for (const done of await Promise.all(chunks)) {
        if (!done.ok) return done
        changed += done.value.changed
        notFound.push(...done.value.not_found)
      }
      return { ok: true, changed, notFound }
    },
  }
}
