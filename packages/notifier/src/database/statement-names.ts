/**
 * Names for statements that come again and again: PostgreSQL parses and plans what has a name once for each connection,
 * which costs it more than to run most of them.
 */

export interface StatementNames {
  /** undefined: it has come too seldom to be kept. */
  nameOf(text: string): string | undefined
  /** Nothing that was kept is good any more: all names from now on are new. */
  renew(): void
}

/** It is likely to come again. */
const OFTEN = 3
/** Lists of all lengths are as many statements; each connection keeps no more than these. */
const MAX_NAMED = 300
const MAX_COUNTED = 1_000
/** Beyond this it has so many values that planning is the least of it. */
const MAX_LENGTH = 5_000

export function createStatementNames(): StatementNames {
  /** How often each came that has no name; the one that began longest ago makes room. */
  const counts = new Map<string, number>()
  const names = new Map<string, string>()
  let given = 0

  function count(text: string): number {
    const times = (counts.get(text) ?? 0) + 1
    const oldest = counts.keys().next()
    if (times === 1 && counts.size >= MAX_COUNTED && !oldest.done) counts.delete(oldest.value)
    counts.set(text, times)
    return times
  }

  return {
    nameOf(text) {
      const known = names.get(text)
      if (known || names.size >= MAX_NAMED || text.length > MAX_LENGTH || count(text) < OFTEN) return known
      given += 1
      const name = `pms_${given}`
      names.set(text, name)
      counts.delete(text)
      return name
    },
    renew: () => names.clear(),
  }
}
