/** How long commits take: from the last statement of a transaction until it is committed and has told others. */
import type { AppDatabase } from '../database.ts'

export function timed(database: AppDatabase, observe: (ms: number) => void): AppDatabase {
  return {
    ...database,
    transaction: work =>
      database.transaction(async tx => {
        const answer = await work(tx)
        tx.beforeCommit(async () => {
          const began = performance.now()
          tx.afterCommit(() => observe(performance.now() - began))
        })
        return answer
      }),
  }
}
