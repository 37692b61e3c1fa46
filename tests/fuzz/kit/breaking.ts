/** One thing wrong in a value: something left out, or something else in its place. */
import fc from 'fast-check'

export interface Breaking {
  /** Which of its places. */
  at: number
  /** Left out, if there is nothing. */
  put: { value: unknown } | null
}

const DEEP = 200

const JUNK: readonly unknown[] = [
  null,
  '',
  'x',
  ' ',
  '\0',
  '\ud800',
  -1,
  0,
  1.5,
  2 ** 31,
  2 ** 53,
  2 ** 63,
  1e308,
  true,
  false,
  [],
  {},
  [[[]]],
  ['x', 'x'],
  { toString: 1 },
  { constructor: { name: 'x' } },
  'a'.repeat(20_000),
  'NO_SUCH_THING',
  '2027-02-30',
  '2027-13-01T00:00:00Z',
  '00000000-0000-0000-0000-00000000000g',
  Array.from({ length: 2_000 }, () => 'x'),
  Array.from({ length: DEEP }).reduce<unknown>(inner => [inner], []),
  Array.from({ length: DEEP }).reduce<unknown>(inner => ({ a: inner }), {}),
]

export const breakings: fc.Arbitrary<Breaking> = fc.record({
  at: fc.nat(40),
  put: fc.option(
    fc.constantFrom(...JUNK).map(value => ({ value })),
    { freq: 4 },
  ),
})

/** The value with that one thing wrong; the value itself stays as it is. */
export function broken(value: unknown, { at, put }: Breaking): unknown {
  const places = [...placesIn(value)]
  const place = places[at % places.length] ?? []
  const last = place.at(-1)
  if (last === undefined) return put ? put.value : null
  const copy = structuredClone(value)
  let holder = copy as Record<string | number, unknown>
  for (const step of place.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>
  if (put) holder[last] = put.value
  else if (Array.isArray(holder)) holder.splice(Number(last), 1)
  else delete holder[last]
  return copy
}

/** The value as a whole, and every place in it. */
function* placesIn(value: unknown, path: readonly (string | number)[] = []): Generator<(string | number)[]> {
  yield [...path]
  if (typeof value !== 'object' || value === null) return
  for (const name of Object.keys(value)) {
    const step = Array.isArray(value) ? Number(name) : name
    yield* placesIn((value as Record<string, unknown>)[name], [...path, step])
  }
}

/** In place of a word of an address. */
export const WRONG_WORDS = [
  '',
  'x',
  '-1',
  '1.5',
  '1e9',
  '99999999999999999999',
  'NaN',
  'null',
  '\0',
  '\ud800',
  '%',
  '../..',
  'ſ',
  'a'.repeat(3_000),
] as const
