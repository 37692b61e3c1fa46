/**
 * A database that can run a whole call in one transaction, whatever transactions the call opens: each becomes a part
 * of that one, and still takes back what it did when it throws. The actions that open them know nothing of it, which
 * is why the transaction is found by the asynchronous context and not handed down.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { BusMessage } from '@pms/notifier'
import { sql } from 'kysely'
import type { AppDatabase, Tx } from '../database.ts'

export interface JoiningDatabase extends AppDatabase {
  /** Runs `work` in one transaction, which every transaction that it opens is part of. */
  inOne<R>(work: (tx: Tx) => Promise<R>): Promise<R>
}

interface Whole {
  tx: Tx
  /** Work that outlives the transaction, such as a timer that was set in it, goes its own way again. */
  isOpen: boolean
  /** The part that is at work. */
  part: Promise<unknown> | null
}

export function joining(database: AppDatabase): JoiningDatabase {
  const context = new AsyncLocalStorage<Whole>()
  const current = () => {
    const whole = context.getStore()
    return whole?.isOpen ? whole : undefined
  }

  return {
    get db() {
      return current()?.tx.db ?? database.db
    },
    bus: database.bus,
    about: database.about,
    transaction(work) {
      const whole = current()
      return whole ? runPart(whole, work) : database.transaction(work)
    },
    snapshot(work) {
      const whole = current()
      return whole ? work(whole.tx.db) : database.snapshot(work)
    },
    close: () => database.close(),
    inOne: work =>
      database.transaction(async tx => {
        const whole: Whole = { tx, isOpen: true, part: null }
        try {
          return await context.run(whole, () => work(tx))
        } finally {
          whole.isOpen = false
          // What a part still writes must not come after the end: it would hold on its own then.
          await whole.part?.catch(() => {})
        }
      }),
  }
}

async function runPart<R>(whole: Whole, work: (tx: Tx) => Promise<R>): Promise<R> {
  if (whole.part) throw new Error('The transactions of one call follow one another')
  const part = doPart(whole.tx, work)
  whole.part = part
  try {
    return await part
  } finally {
    whole.part = null
  }
}

/** As a transaction of its own would: all of it holds, or nothing does and nobody hears of it. */
async function doPart<R>(tx: Tx, work: (tx: Tx) => Promise<R>): Promise<R> {
  const lastSteps: (() => Promise<unknown>)[] = []
  const messages: BusMessage[] = []
  const afterwards: (() => void)[] = []
  const part: Tx = {
    ...tx,
    beforeCommit: step => lastSteps.push(step),
    send: message => messages.push(message),
    afterCommit: step => afterwards.push(step),
  }
  await sql`savepoint part`.execute(tx.db)
  try {
    const result = await work(part)
    for (const step of lastSteps) await step()
    await sql`release savepoint part`.execute(tx.db)
    for (const message of messages) tx.send(message)
    for (const step of afterwards) tx.afterCommit(step)
    return result
  } catch (error) {
    await sql`rollback to savepoint part`.execute(tx.db)
    throw error
  }
}
