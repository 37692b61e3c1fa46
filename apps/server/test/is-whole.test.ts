import fc from 'fast-check'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { wholenessOf } from '../src/schema/is-whole.ts'

const schema = Type.Object({
  a: Type.String(),
  b: Type.Optional(Type.Union([Type.String({ maxLength: 2 }), Type.Null()])),
  c: Type.Array(Type.Object({ a: Type.Optional(Type.Integer()), b: Type.Boolean({ default: false }) })),
  d: Type.Record(Type.String(), Type.Unknown(), { default: {} }),
})
const validator = Compile(schema)
const isWhole = wholenessOf(schema)

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__x', 'x\ny')
const leaf = fc.constantFrom<unknown>('', 'a', 'abc', null, 0, 1, true, false, [], {})
const row = fc.record({ a: fc.integer(), b: fc.boolean(), e: leaf }, { requiredKeys: [] })
/** Most of them fit the schema, and a part of those is whole. */
const likely = fc.record(
  {
    a: fc.string(),
    b: leaf,
    c: fc.array(row, { maxLength: 2 }),
    d: fc.dictionary(name, leaf, { maxKeys: 2 }),
    e: leaf,
  },
  { requiredKeys: ['a', 'c'] },
)

test('what is called whole would be left as it is', () => {
  let called = 0
  fc.assert(
    fc.property(likely, given => {
      if (!validator.Check(given) || !isWhole(given)) return
      called += 1
      expect(validator.Clean(validator.Default(structuredClone(given)))).toEqual(given)
    }),
    { numRuns: 2_000 },
  )
  expect(called).toBeGreaterThan(10)
})

test.for<[whole: boolean, given: unknown]>([
  [true, { a: '', b: null, c: [{ a: 1, b: true }, { b: false }], d: { x: { y: [1] } } }],
  [false, { a: '', c: [] }],
  [false, { a: '', c: [{ a: 1 }], d: {} }],
  [false, { a: '', c: [], d: {}, e: 1 }],
  [false, { a: '', c: [{ b: true, e: 1 }], d: {} }],
])('whole: %s of %j', ([whole, given]) => expect(isWhole(given)).toBe(whole))

test('what lets more in than it names, and what may be one of several lists, goes the long way', () => {
  const list = Type.Array(Type.String())
  for (const other of [
    Type.Object({}, { additionalProperties: Type.Object({}) }),
    Type.Union([Type.Object({}), Type.Null()]),
    Type.Tuple([list]),
  ])
    expect(wholenessOf(other)({})).toBe(false)
})
