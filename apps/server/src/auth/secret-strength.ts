/** Whether a signing secret could be guessed, or read in somebody's documentation. */

export const LEAST_CHARACTERS = 32
/** Fewer different ones are a word, or one key held down. */
export const LEAST_DIFFERENT = 10

/** Words that stand in examples, and in nothing that was drawn at random. */
const SAID_IN_EXAMPLES = /change.?me|replace.?me|secret|password|example|your.?(key|jwt|own)/i

/** What is wrong with it, to be said after its name; null when nothing is. */
export function weaknessOf(secret: string): string | null {
  if (secret.length < LEAST_CHARACTERS)
    return `must have at least ${LEAST_CHARACTERS} characters in production`
  if (new Set(secret).size < LEAST_DIFFERENT)
    return `must have at least ${LEAST_DIFFERENT} different characters in production`
  return SAID_IN_EXAMPLES.test(secret)
    ? 'must not be one of an example in production: make one at random'
    : null
}
