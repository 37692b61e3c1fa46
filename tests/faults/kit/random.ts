/** Chance that can be repeated: every scene prints the seed it ran with, and `FAULTS_SEED` sets it. */

export type Chance = ReturnType<typeof chanceOf>

/** Numbers that look random and follow from the seed alone. */
export function chanceOf(seed: number) {
  let state = seed >>> 0
  /** At least 0, below 1. */
  function next(): number {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    seed,
    next,
    below,
    pick: <T>(from: readonly T[]): T => {
      if (from.length === 0) throw new Error('There is nothing to pick from')
      return from[below(from.length)] as T
    },
    /** A name, each as often as its weight says. */
    weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
      const names = Object.keys(weights) as K[]
      let at = next() * names.reduce((sum, name) => sum + weights[name], 0)
      for (const name of names) {
        at -= weights[name]
        if (at < 0) return name
      }
      return names.at(-1) as K
    },
  }
}

/** Another run, another history; the same where `FAULTS_SEED` says so. */
export function freshSeed(): number {
  return Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31))
}
