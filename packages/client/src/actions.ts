/**
 * What a person does: shown at once, sent by REST one after the other in the order of the clicks, taken back where
 * the server refuses.
 */
import { type Command, formatCommand } from '@pms/protocol'
import type { Emitter } from './emitter.ts'
import type { Model } from './model.ts'
import type { Intent, Pending } from './overlay.ts'
import type { Rest } from './rest.ts'
import type { ActionResult, Failure, Inbox, InboxEvents, InboxItem } from './types.ts'

type Actions = Pick<Inbox, 'markRead' | 'markUnread' | 'markAllRead' | 'remove' | 'restore'>

/** How many removed rows are remembered, to show them again at once when the removal is undone. */
const REMEMBERED = 50

export function createActions(model: Model, rest: Rest, events: Emitter<InboxEvents>): Actions {
  const removed = new Map<string, InboxItem>()
  let queue: Promise<unknown> = Promise.resolve()

  async function perform(
    intent: Intent,
    call: () => Promise<unknown>,
    request: string,
  ): Promise<ActionResult> {
    const pending: Pending = { intent, settled: false }
    model.update({ pending: [...model.parts.pending, pending] })
    const sent = queue.then(call)
    queue = sent.catch(() => {})
    const failure = await sent.then(
      () => null,
      (refused: Failure) => refused,
    )
    const others = model.parts.pending
    if (failure === null) {
      model.update({
        pending: others.map(other => (other === pending ? { intent, settled: true } : other)),
      })
      return { ok: true }
    }
    model.update({ pending: others.filter(other => other !== pending) })
    events.emit('error', { code: failure.code, message: failure.message, request })
    return { ok: false, failure }
  }

  function remember(id: string): void {
    const item = model.getSnapshot().items.find(other => other.id === id)
    if (item === undefined) return
    removed.set(id, item)
    const [oldest] = removed.keys()
    if (removed.size > REMEMBERED && oldest !== undefined) removed.delete(oldest)
  }

  return {
    markRead: id => perform({ kind: 'read', id }, () => rest.markRead(id), text({ verb: 'mark_read', id })),
    markUnread: id =>
      perform({ kind: 'unread', id }, () => rest.markUnread(id), text({ verb: 'mark_unread', id })),
    markAllRead() {
      const throughSeq = model.parts.base.version
      const request = text({ verb: 'mark_all_read', throughSeq })
      return perform({ kind: 'read_all', throughSeq }, () => rest.markAllRead(throughSeq), request)
    },
    remove(id) {
      remember(id)
      return perform({ kind: 'remove', id }, () => rest.remove(id), text({ verb: 'delete', id }))
    },
    restore: id =>
      perform(
        { kind: 'restore', id, item: removed.get(id) ?? null },
        () => rest.restore(id),
        `restore:${id}`,
      ),
  }
}

const text = (command: Command) => formatCommand(command)
