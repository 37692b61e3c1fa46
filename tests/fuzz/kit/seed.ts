/** Every run says which seed it went by, and `FUZZ_SEED` repeats it; how long the long runs last `FUZZ_MINUTES` says. */

/** The seed of the short runs, which nobody chose: they must not fail on one day and pass on the next. */
const USUAL = 20_261_123

export const usualSeed = (): number => Number(process.env.FUZZ_SEED ?? USUAL)

/** Another one each time. */
export const freshSeed = (): number => Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** @param share of the whole run */
export const longRunMs = (share: number): number => Number(process.env.FUZZ_MINUTES ?? 10) * 60_000 * share
