/** The locks of one browser, as its process keeps them: tabs may hang, and their locks stay theirs. */
import type { LocksLike } from '../shared/environment.ts'

/** Whoever asks for locks: runs what is delivered to it, now, later or never. */
export interface LockClient {
  readonly clientId: string
  deliver(task: () => void): void
}

interface Request {
  readonly client: LockClient
  readonly granted: () => void
  readonly refused: () => void
}

export interface FakeLocks {
  of(client: LockClient): LocksLike
  /** The client is gone: what it held is free, what it waited for is not waited for. */
  forget(client: LockClient): void
}

export function createFakeLocks(): FakeLocks {
  const held = new Map<string, Request>()
  const queues = new Map<string, Request[]>()
  const queueOf = (name: string) => queues.get(name) ?? []

  function grant(name: string, request: Request): void {
    held.set(name, request)
    queueMicrotask(() => request.client.deliver(request.granted))
  }

  function grantNext(name: string): void {
    const [next, ...others] = queueOf(name)
    if (held.has(name) || next === undefined) return
    queues.set(name, others)
    grant(name, next)
  }

  function drop(name: string, request: Request): void {
    queues.set(
      name,
      queueOf(name).filter(other => other !== request),
    )
    if (held.get(name) !== request) return
    held.delete(name)
    grantNext(name)
  }

  function request(
    client: LockClient,
    name: string,
    { steal, signal }: { steal?: boolean; signal?: AbortSignal },
    work: () => Promise<void>,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      let over = false
      const end = (settle: () => void) => {
        over = true
        drop(name, mine)
        settle()
      }
      const aborted = () => reject(new DOMException('The lock is not to be had', 'AbortError'))
      const mine: Request = {
        client,
        granted() {
          if (over) return
          signal?.removeEventListener('abort', abort)
          work().then(
            () => end(resolve),
            error => end(() => reject(error)),
          )
        },
        refused: () => end(aborted),
      }
      const abort = () => end(aborted)
      signal?.addEventListener('abort', abort)
      if (steal) {
        const before = held.get(name)
        grant(name, mine)
        if (before) before.client.deliver(before.refused)
        return
      }
      queues.set(name, [...queueOf(name), mine])
      grantNext(name)
    })
  }

  return {
    of: client => ({
      request: (name, options, work) => request(client, name, options, work),
      async query() {
        const answer = [...held].map(([name, { client: holder }]) => ({ name, clientId: holder.clientId }))
        await new Promise<void>(resolve => client.deliver(resolve))
        return { held: answer }
      },
    }),
    forget(client) {
      for (const [name, queue] of queues)
        queues.set(
          name,
          queue.filter(other => other.client !== client),
        )
      for (const [name, { client: holder }] of [...held]) {
        if (holder !== client) continue
        held.delete(name)
        grantNext(name)
      }
    },
  }
}
