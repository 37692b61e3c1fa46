/**
 * Transactions that arrive together share one durable commit: it costs as much for one as for fifty. Each is a savepoint
 * of its own, at work while no other is, so it still takes back what it did when it fails; and it is answered only
 * after the commit. What the commit fails for, all are refused for.
 */
import { setImmediate as others } from 'node:timers/promises'
import { DatabaseUnavailable } from './errors.ts'
import type { SqliteHandle } from './sqlite-handle.ts'
import { createTurns } from './turns.ts'

/** A transaction that waits for something else than the database would make all others wait with it. */
const PATIENCE_MS = 1_000

/** A group waits for no more than this, however many come. */
const GATHERING_MS = 10

/** One transaction of a group. */
export interface Member {
  /** Throws where the transaction is over, so that what comes late does not become part of another. */
  assertOpen(): void
  /** @throws {DatabaseUnavailable} the group was not committed: nothing has happened */
  commit(): Promise<void>
  rollback(): void
}

export interface GroupCommit {
  /** Begins a transaction when those before it are done. */
  begin(): Promise<Member>
  /** Runs `work` while nothing is open. */
  alone<R>(work: () => R): Promise<R>
}

interface Group {
  committed: PromiseWithResolvers<void>
  /** By `performance.now()`. */
  openedAt: number
  members: number
}

export interface GroupOptions {
  /** Whether a commit is worth waiting for others; in memory it costs nothing. */
  isShared: boolean
}

export function createGroupCommit(writer: SqliteHandle, { isShared }: GroupOptions): GroupCommit {
  const turns = createTurns()
  let group: Group | null = null

  /** Opens a group that is committed when the event loop has come round and nobody has joined meanwhile. */
  function open(): Group {
    writer.exec('begin immediate')
    const opened = { committed: Promise.withResolvers<void>(), openedAt: performance.now(), members: 0 }
    // Where all members failed nobody waits for it.
    opened.committed.promise.catch(() => {})
    group = opened
    if (isShared) setImmediate(closeUnlessJoined, opened, 1)
    return opened
  }

  async function closeUnlessJoined(opened: Group, members: number): Promise<void> {
    if (opened.members > members && performance.now() - opened.openedAt < GATHERING_MS) {
      setImmediate(closeUnlessJoined, opened, opened.members)
      return
    }
    await turns.take()
    if (group === opened) close(opened)
    if (!group) await tidy()
    turns.give()
  }

  /** Between two groups, so that nobody's commit takes longer by it. */
  async function tidy(): Promise<void> {
    try {
      if (!writer.isCheckpointDue) return
      // Whoever waited for the commit is answered first.
      await others()
      writer.checkpoint()
    } catch {
      // It was committed all the same; the next group tries again.
    }
  }

  function close({ committed }: Group): void {
    group = null
    try {
      writer.exec('commit')
      committed.resolve()
    } catch (error) {
      if (writer.isInTransaction) writer.exec('rollback')
      committed.reject(new DatabaseUnavailable(error))
    }
  }

  /** SQLite has ended the transaction of all by itself, or cannot take back the work of one: none of it happened. */
  function abandon(lost: Group, cause: unknown): void {
    group = null
    lost.committed.reject(new DatabaseUnavailable(cause))
    if (writer.isInTransaction) writer.exec('rollback')
  }

  function join(its: Group): Member {
    let isOpen = true
    const end = () => {
      isOpen = false
      clearTimeout(impatience)
      turns.give()
    }
    const takeBack = () => {
      try {
        if (!writer.isInTransaction) throw new Error('SQLite rolled back')
        writer.exec('rollback to member')
        writer.exec('release member')
        if (!isShared) close(its)
      } catch (error) {
        abandon(its, error)
      } finally {
        end()
      }
    }
    const impatience = setTimeout(takeBack, PATIENCE_MS)
    const assertOpen = () => {
      if (!isOpen)
        throw new DatabaseUnavailable(new Error('The transaction took too long and was rolled back'))
      if (!writer.isInTransaction) throw new DatabaseUnavailable(new Error('SQLite rolled back'))
    }
    return {
      assertOpen,
      async commit() {
        assertOpen()
        writer.exec('release member')
        if (!isShared) close(its)
        end()
        await its.committed.promise
      },
      rollback() {
        if (isOpen) takeBack()
      },
    }
  }

  return {
    async begin() {
      await turns.take()
      try {
        const its = group ?? open()
        its.members += 1
        writer.exec('savepoint member')
        return join(its)
      } catch (error) {
        turns.give()
        throw error
      }
    },
    async alone(work) {
      await turns.take()
      try {
        if (group) close(group)
        return work()
      } finally {
        turns.give()
      }
    },
  }
}
