/** What the doctor says about one thing: a sentence about how it is, and where it is wrong another about what to do. */

export interface Finding {
  check: string
  state: 'ok' | 'wrong' | 'skipped'
  found: string
  todo?: string
}

export const ok = (check: string, found: string): Finding => ({ check, state: 'ok', found })

export const wrong = (check: string, found: string, todo: string): Finding => ({
  check,
  state: 'wrong',
  found,
  todo,
})

/** It could not be looked at, because of something that was found before. */
export const skipped = (check: string, found: string): Finding => ({ check, state: 'skipped', found })

/** Why something did not work, in the words of whatever it was; never empty, and without what may be a secret. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error) return wordsOf(error.cause)
  if (error instanceof AggregateError && error.errors.length > 0) return wordsOf(error.errors[0])
  const code = 'code' in error ? String(error.code) : ''
  return error.message || code || error.name
}
