/**
 * Queries that are asked over and over: written as any other, put into SQL once, and from then on only given their
 * values. Putting a query into SQL costs more than most of them take.
 */
import type { Compilable, CompiledQuery, DatabaseConnection, DialectAdapter, Kysely } from 'kysely'
import type { Capabilities } from './capabilities.ts'

/** Kept for each query and engine; lists of ever new lengths make room for each other. */
const MAX_SHAPES = 100

/** Stands where a value will be. */
class Place {
  readonly at: number

  constructor(at: number) {
    this.at = at
  }
}

/** A query in SQL, and the values that it is for. */
interface Known<Row> {
  shape: Shape
  query: CompiledQuery<Row>
  /** Where its parameters come from. null: they are the values, one after another. */
  sources: readonly unknown[] | null
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
  const byEngine = new WeakMap<DialectAdapter, Known<Row>[]>()

  function learn(db: Kysely<DB>, known: Known<Row>[], values: Values, given: unknown[]): Known<Row> {
    const query = write(db, placesFor(values)).compile()
    const { parameters } = query
    const isInOrder = parameters.every((each, at) => each instanceof Place && each.at === at)
    const learnt = { shape: shapeOf(values), query, sources: isInOrder ? null : parameters }
    if (known.length >= MAX_SHAPES) known.length = 0
    known.push(learnt)
    fits(learnt.shape, values, given)
    return learnt
  }

  return async (db, values) => {
    const { adapter } = db.getExecutor()
    const known = byEngine.get(adapter) ?? []
    byEngine.set(adapter, known)
    const given: unknown[] = []
    const { query, sources } = recall(known, values, given) ?? learn(db, known, values, given)
    const parameters = sources?.map(each => (each instanceof Place ? given[each.at] : each)) ?? given
    const asked = { ...query, parameters }
    const { rows } = await (connections.get(db)?.executeQuery<Row>(asked) ?? db.executeQuery<Row>(asked))
    return rows
  }
}

/** Those that values have the shape of; the single values are put into `given`. */
function recall<Row>(
  known: readonly Known<Row>[],
  values: unknown,
  given: unknown[],
): Known<Row> | undefined {
  for (const each of known) {
    if (fits(each.shape, values, given)) return each
    given.length = 0
  }
  return undefined
}

/** Connections of transactions that are open. */
const connections = new WeakMap<object, DatabaseConnection>()

/** Until `work` is done, what is in SQL already goes straight to the connection of this transaction, past Kysely. */
export async function withShortCut<DB, R>(transaction: Kysely<DB>, work: () => Promise<R>): Promise<R> {
  const connection = await transaction.getExecutor().provideConnection(async connection => connection)
  connections.set(transaction, connection)
  try {
    return await work()
  } finally {
    connections.delete(transaction)
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

/** What there is to values but themselves: fields, and lengths of lists. null: it is a single value. */
type Shape = null | { length: number; of: Shape } | { names: readonly string[]; parts: readonly Shape[] }

function shapeOf(value: unknown): Shape {
  if (!isNest(value)) return null
  // One shape stands for all: long lists are what this is quick for.
  if (Array.isArray(value)) return { length: value.length, of: shapeOf(value[0]) }
  return { names: Object.keys(value), parts: Object.values(value).map(shapeOf) }
}

/** Whether values have this shape. Adds them to `into`, one after another. */
function fits(shape: Shape, value: unknown, into: unknown[]): boolean {
  if (!isNest(value)) {
    into.push(value)
    return shape === null
  }
  if (shape === null) return false
  if (Array.isArray(value)) {
    if (!('of' in shape) || shape.length !== value.length) return false
    for (const part of value) if (!fits(shape.of, part, into)) return false
    return true
  }
  if ('of' in shape) return false
  let at = 0
  for (const name in value) {
    if (shape.names[at] !== name || !fits(shape.parts[at] ?? null, Reflect.get(value, name), into))
      return false
    at += 1
  }
  return at === shape.names.length
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
