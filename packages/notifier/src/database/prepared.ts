/**
 * Queries that are asked over and over: written as any other, put into SQL once, and from then on only given their
 * values. Putting a query into SQL costs more than most of them take.
 */
import type { Compilable, CompiledQuery, DialectAdapter, Kysely } from 'kysely'
import type { Capabilities } from './capabilities.ts'

/** Kept for each query and database; lists of ever new lengths make room for each other. */
const MAX_SHAPES = 100

/** Stands where a value will be. */
class Place {
  readonly at: number

  constructor(at: number) {
    this.at = at
  }
}

/**
 * @param write makes the query. It is handed places instead of the values, in lists and objects as they were given, so
 * it must not look at them; nor may the kind of a value make a difference, so null is nothing to compare with. What is
 * in one list has the same fields in the same order.
 * @returns asks it, and answers its rows
 */
export function prepared<DB, Values, Row>(
  write: (db: Kysely<DB>, values: Values) => Compilable<Row>,
): (db: Kysely<DB>, values: Values) => Promise<Row[]> {
  const known = new WeakMap<DialectAdapter, Map<string, CompiledQuery<Row>>>()
  return async (db, values) => {
    const { adapter } = db.getExecutor()
    const shapes = known.get(adapter) ?? new Map<string, CompiledQuery<Row>>()
    known.set(adapter, shapes)
    const given: unknown[] = []
    const shape = flatten(values, given)
    let query = shapes.get(shape)
    if (!query) {
      query = write(db, placesFor(values)).compile()
      if (shapes.size >= MAX_SHAPES) shapes.clear()
      shapes.set(shape, query)
    }
    const parameters = query.parameters.map(each => (each instanceof Place ? given[each.at] : each))
    const { rows } = await db.executeQuery<Row>({ ...query, parameters })
    return rows
  }
}

/** The same, for a query whose words depend on what an engine can do. */
export function preparedByEngine<DB, Values, Row>(
  write: (capabilities: Capabilities) => (db: Kysely<DB>, values: Values) => Compilable<Row>,
): (capabilities: Capabilities, db: Kysely<DB>, values: Values) => Promise<Row[]> {
  const known = new WeakMap<Capabilities, ReturnType<typeof prepared<DB, Values, Row>>>()
  return (capabilities, db, values) => {
    const query = known.get(capabilities) ?? prepared(write(capabilities))
    known.set(capabilities, query)
    return query(db, values)
  }
}

const isNest = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Adds the single values to `into`. @returns what else there is to the whole: fields, and lengths of lists */
function flatten(value: unknown, into: unknown[]): string {
  if (!isNest(value)) {
    into.push(value)
    return ''
  }
  if (!Array.isArray(value)) {
    return `{${Object.keys(value).map(name => `${name}${flatten(Reflect.get(value, name), into)}`)}}`
  }
  // One shape stands for all: long lists are what this is quick for.
  let shape = ''
  for (const part of value) shape = flatten(part, into)
  return `${value.length}[${shape}]`
}

/** The same with places in it. */
function placesFor<Values>(values: Values): Values {
  let at = 0
  const place = (value: unknown): unknown => {
    if (!isNest(value)) return new Place(at++)
    if (Array.isArray(value)) return value.map(place)
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, place(part)]))
  }
  return place(values) as Values
}
