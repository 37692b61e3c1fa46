/** Two ways to make work durable: a transaction for each, or one for all that came together. */
import type { DatabaseSync } from 'node:sqlite'

/** Resolves when the work is on the disk. */
export type Commit = <R>(work: () => R) => Promise<R>

export function alone(database: DatabaseSync): Commit {
  const begin = database.prepare('begin immediate')
  const commit = database.prepare('commit')
  return async work => {
    begin.run()
    try {
      const result = work()
      commit.run()
      return result
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      throw error
    }
  }
}

interface Waiting {
  work(): void
  done(): void
  fail(error: unknown): void
}

export function together(database: DatabaseSync): Commit {
  const commit = alone(database)
  let waiting: Waiting[] = []

  async function commitAll(): Promise<void> {
    const group = waiting
    waiting = []
    try {
      await commit(() => {
        for (const { work } of group) work()
      })
      for (const { done } of group) done()
    } catch (error) {
      for (const { fail } of group) fail(error)
    }
  }

  return <R>(work: () => R) =>
    new Promise<R>((resolve, reject) => {
      // After all that this turn of the event loop brings.
      if (waiting.length === 0) setImmediate(commitAll)
      let result: R
      waiting.push({
        work: () => {
          result = work()
        },
        done: () => resolve(result),
        fail: reject,
      })
    })
}
