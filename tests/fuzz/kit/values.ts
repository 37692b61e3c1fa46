/** From a JSON schema, values that it takes: ordinary ones mostly, and those at its edges that nobody thinks of. */
import fc from 'fast-check'
import type { ApiDocument, Schema } from './document.ts'
import { kindOf } from './ids.ts'

/** Stands for an id of something that is there when the call is made; it cannot be known before. */
export interface Wanted {
  wanted: string
  /** Which of them. */
  turn: number
}

export const isWanted = (value: unknown): value is Wanted =>
  typeof value === 'object' && value !== null && 'wanted' in value && 'turn' in value

/** What has broken servers before. */
const RUDE = [
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u2066',
  '\ufeff',
  '\u200b',
  'a\r\nX-Injected: 1',
  '<script>alert(1)</script>',
  "' or 1=1; --",
  '%00%0a%2e%2e%2f',
  '../../../etc/passwd',
  '#{7*7}',
  '{title}{__proto__}{constructor}',
  '%',
  '_',
  '\\',
  '__proto__',
  'constructor',
  'e\u0301'.repeat(9),
  '👩‍👩‍👧‍👦',
  'ﷺ',
  'İ',
  'null',
  '*',
]

const WORDS = ['Learn Go', 'Tidy the archive', 'Ship it', 'Q3 – Überblick', 'Naïve café', 'x']

/** What a text of this name is, where its schema does not say. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  email: [
    'petra.pass@example.test',
    'john.doe@example.test',
    'Jane.Smith@Example.Test',
    'nobody@example.test',
    'no address',
  ],
  password: ['correct horse battery', 'wrong'],
  type: ['parcel_arrived', 'parcel_arrived', 'goal_created'],
  notification_type: ['parcel_arrived', 'goal_created'],
  action_url: [
    '/goals',
    '/parcels/{parcel_id}',
    'https://elsewhere.test/',
    '//elsewhere.test',
    'javascript:alert(1)',
  ],
  'idempotency-key': ['one', 'two', 'three'],
}

const DAY = 86_400_000

/** Half of a character too, which no text of people ever is. */
const CODE_UNITS = fc.integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code))

/** Making one takes long. */
const matchings = new Map<string, fc.Arbitrary<string>>()
function matching(pattern: string): fc.Arbitrary<string> {
  const known = matchings.get(pattern) ?? fc.stringMatching(new RegExp(pattern))
  matchings.set(pattern, known)
  return known
}

export function valuesOf({ follow }: Pick<ApiDocument, 'follow'>, place: string) {
  function of(given: Schema, name: string): fc.Arbitrary<unknown> {
    const schema = follow(given)
    if (schema.enum) return fc.constantFrom(...schema.enum)
    if ('const' in schema) return fc.constant(schema.const)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices) return fc.oneof(...choices.map(choice => of(choice, name)))
    const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0]
    switch (type) {
      case 'null':
        return fc.constant(null)
      case 'boolean':
        return fc.boolean()
      case 'integer':
      case 'number':
        return numbers(schema, type === 'integer')
      case 'string':
        return texts(schema, name)
      case 'array':
        return lists(schema, name)
      case 'object':
        return objects(schema)
      default:
        return fc.jsonValue({ maxDepth: 3 })
    }
  }

  function lists(schema: Schema, name: string): fc.Arbitrary<unknown> {
    const { items = {}, minItems = 0, maxItems = 20 } = schema
    const maxLength = Math.min(maxItems, Math.max(minItems, 4))
    return fc.array(of(items, name), { minLength: minItems, maxLength })
  }

  function objects(schema: Schema): fc.Arbitrary<unknown> {
    const { properties = {}, required = [], additionalProperties, minProperties = 0 } = schema
    const named = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, of(each, name)]))
    const record = fc.record(named, { requiredKeys: [...required], noNullPrototype: true })
    if (typeof additionalProperties !== 'object') return record
    const names = fc.oneof(
      { arbitrary: fc.constantFrom('goal_created', 'parcel_id', 'name', 'toString'), weight: 4 },
      fc.string({ maxLength: 20 }),
    )
    const others = fc.dictionary(names, of(additionalProperties, 'any'), {
      minKeys: minProperties,
      maxKeys: Math.max(minProperties, 3),
      noNullPrototype: true,
    })
    return fc.tuple(others, record).map(([some, own]) => ({ ...some, ...own }))
  }

  function texts(schema: Schema, name: string): fc.Arbitrary<unknown> {
    const { format, pattern, minLength = 0, maxLength = 200 } = schema
    if (format === 'uuid') return ids(kindOf(name, place))
    if (format === 'date') return instants().map(instant => instant.slice(0, 10))
    if (format === 'date-time') return instants()
    const known = TEXTS[name]
    const fits = (text: string) =>
      text.length >= minLength &&
      text.length <= maxLength &&
      (!pattern || new RegExp(pattern, 'u').test(text))
    const some: fc.WeightedArbitrary<string>[] = [
      { arbitrary: fc.constantFrom(...[...WORDS, 'a', 'b_c', '7'].filter(fits), fill(minLength)), weight: 5 },
      { arbitrary: fc.constantFrom(...RUDE, ...RUDE.map(text => `a ${text}`)), weight: 2 },
      {
        arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 60) }),
        weight: 1,
      },
      {
        arbitrary: fc.string({ unit: CODE_UNITS, minLength, maxLength: Math.min(maxLength, 60) }),
        weight: 1,
      },
      { arbitrary: fc.constantFrom(fill(maxLength), '🐘'.repeat(maxLength), fill(maxLength + 1)), weight: 1 },
    ]
    if (known) some.push({ arbitrary: fc.constantFrom(...known), weight: 9 })
    if (pattern?.startsWith('^')) some.push({ arbitrary: matching(pattern), weight: 9 })
    if (name === 'cursor') some.push({ arbitrary: ids('cursor') as fc.Arbitrary<never>, weight: 9 })
    return fc.oneof(...some)
  }

  return of
}

const fill = (length: number): string => 'a'.repeat(length)

const ids = (kind: string): fc.Arbitrary<Wanted> =>
  fc.record({
    wanted: fc.oneof(
      { arbitrary: fc.constant(kind), weight: 20 },
      fc.constantFrom('goals', 'users', 'notifications', 'reviews'),
      fc.constant('nothing'),
    ),
    turn: fc.noBias(fc.nat(30)),
  })

function numbers({ minimum, maximum }: Schema, isWhole: boolean): fc.Arbitrary<number> {
  const from = minimum ?? -10
  const to = maximum ?? Math.max(from, 0) + 100
  const edges = [from, to]
  if (maximum === undefined) edges.push(2 ** 31, 2 ** 53 - 1, 2 ** 63, 1e21, 1e308)
  if (minimum === undefined) edges.push(-(2 ** 31) - 1, -1e21)
  const usual = isWhole ? fc.integer({ min: from, max: to }) : fc.double({ min: from, max: to, noNaN: true })
  const low = fc.integer({ min: from, max: Math.min(to, from + 3) })
  return fc.oneof(
    { arbitrary: low, weight: 3 },
    { arbitrary: usual, weight: 2 },
    { arbitrary: fc.constantFrom(...edges), weight: 1 },
  )
}

/** Near today mostly: that is where decisions hang on dates. */
function instants(): fc.Arbitrary<string> {
  const near = fc.integer({ min: -40, max: 400 }).map(days => new Date(Date.now() + days * DAY).toISOString())
  const edges = [
    '0001-01-01',
    '1969-12-31',
    '2000-02-29',
    '2038-01-20',
    '9999-12-31',
    '0000-01-01',
    '2026-03-29',
  ]
  return fc.oneof(
    { arbitrary: near, weight: 6 },
    fc.constantFrom(
      ...edges.map(day => `${day}T00:00:00.000Z`),
      '2027-01-01T23:59:60Z',
      '2027-01-01T00:00:00+23:59',
    ),
  )
}
