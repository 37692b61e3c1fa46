/** Finds words of the domain in text of any kind: prose, `snake_case`, `camelCase` and `CONSTANTS` alike. */

const WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g
const ENDINGS = ['', 's', 'ed', 'er', 'ers', 'ing']

/** The forbidden words in a text with their lines; `preview` is not `review`, `isReviewed` is. */
export function findWords(text: string, forbidden: readonly string[]): { line: number; word: string }[] {
  const refused = new Set(forbidden.flatMap(word => ENDINGS.map(ending => word + ending)))
  return text
    .split('\n')
    .flatMap((content, index) =>
      (content.match(WORD) ?? [])
        .filter(word => refused.has(word.toLowerCase()))
        .map(word => ({ line: index + 1, word })),
    )
}
