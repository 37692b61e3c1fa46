// @ts-check
// How these scripts speak: short lines on stderr, so that stdout stays the output of what they run.

/** Something the reader can mend: it is printed without a stack. */
export class Refusal extends Error {}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Runs a script's main function; what it throws becomes a message and exit code 1.
 * @param {() => Promise<number>} main answers the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    say(
      error instanceof Refusal ? `\n${error.message}` : String(error instanceof Error ? error.stack : error),
    )
    process.exitCode = 1
  }
}
