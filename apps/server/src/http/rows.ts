/** Calls that do several things, each on its own: what is refused is said in its row, and stops no other. */
import type { Problem } from '@pms/protocol'
import type { FastifyBaseLogger } from 'fastify'
import { toProblemError } from './error-handler.ts'

export type RowResult<Done> = ({ ok: true } & Done) | { ok: false; problem: Problem }

/** Does one after the other, so that a long list holds up nobody else, and answers in their order. */
export async function inRows<Row, Done extends object>(
  rows: readonly Row[],
  log: FastifyBaseLogger,
  act: (row: Row) => Promise<Done>,
): Promise<RowResult<Done>[]> {
  const results: RowResult<Done>[] = []
  for (const row of rows) {
    try {
      results.push({ ok: true, ...(await act(row)) })
    } catch (error) {
      const problem = toProblemError(error)
      if (problem.status >= 500) log.error({ err: error }, 'a row failed')
      results.push({ ok: false, problem: problem.toProblem() })
    }
  }
  return results
}
