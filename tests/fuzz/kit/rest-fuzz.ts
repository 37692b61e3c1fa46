/** Rounds of calls of every operation of the document, several at once; what goes wrong is made as small as it gets. */
import fc from 'fast-check'
import { chanceOf } from '../../faults/kit/random.ts'
import { type Plan, plansOf, requestOf } from './calls.ts'
import { type Operation, readDocument } from './document.ts'
import { kindOf, placeOf } from './ids.ts'
import { send } from './judge.ts'
import { CALLERS, PEOPLE, type Town } from './town.ts'

export interface RoundOptions {
  seed: number
  /** How many times each operation is tried, with up to three calls at once; twice as often where it takes a body. */
  runs: number
  /** How many operations at once. */
  lanes: number
}

/** Hashing a password takes longer than a hundred other calls. */
const COSTLY = new Set(['POST /api/auth/login', 'POST /api/auth/onboarding'])

/** More of them tell nothing new. */
const ENOUGH = 20

export async function createRestFuzz(town: Town) {
  const answer = await town.server.rest().get('/api/openapi.json')
  const document = readDocument(answer.body)
  const { operations } = document
  const plans = new Map(operations.map(operation => [operation, plansOf(document, operation)]))
  const statuses = new Map<number, number>()
  /** Operations that were done for somebody. */
  const done = new Set<string>()
  const problems: string[] = []
  let calls = 0

  async function make(operation: Operation, plan: Plan): Promise<string | null> {
    const { status, problem } = await send(town, operation, requestOf(operation, plan, town), plan.caller)
    calls += 1
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (status < 400) done.add(operation.name)
    return problem
  }

  /** Everybody asks, in every way there is, for what belongs to others: that is not left to chance. */
  async function pry(): Promise<void> {
    for (const operation of operations.filter(each => each.method === 'GET')) {
      const named = operation.parameters.filter(parameter => parameter.in === 'path')
      const secrets = named.map(({ name }) => secretsOf(kindOf(name, placeOf(operation.path))))
      const most = named.length === 0 ? 0 : Math.min(...secrets.map(each => each.length))
      for (let n = 0; n < most; n++) {
        const parameters = Object.fromEntries(named.map(({ name }, at) => [name, secrets[at]?.[n]]))
        for (const caller of CALLERS) {
          const problem = await make(operation, { caller, parameters, body: null, wrong: null })
          if (problem) problems.push(`${operation.name}: ${problem}`)
        }
      }
    }
  }

  function secretsOf(kind: string): readonly string[] {
    const known = town.secrets.get(kind) ?? []
    return kind === 'notifications'
      ? [...known, ...PEOPLE.map(name => town.ids.get(0, `${name}/${kind}`))]
      : known
  }

  async function tryOut(operation: Operation, seed: number, runs: number): Promise<void> {
    const atOnce = fc.array(plans.get(operation) as fc.Arbitrary<Plan>, { minLength: 1, maxLength: 3 })
    const property = fc.asyncProperty(atOnce, async some => {
      const found = await Promise.all(some.map(plan => make(operation, plan)))
      const wrong = found.find(problem => problem !== null)
      if (wrong) throw new Error(wrong)
    })
    // There is more that can be wrong in a body than in an address.
    const numRuns = COSTLY.has(operation.name) ? 1 : operation.body ? runs * 2 : runs
    const details = await fc.check(property, { seed, numRuns })
    if (!details.failed) return
    const { errorInstance, numShrinks } = details
    const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
    problems.push(`${operation.name}, after ${numShrinks} steps to a smaller one: ${why}`)
  }

  return {
    operations,
    problems,
    figures: () => ({
      calls,
      statuses: [...statuses]
        .sort(([a], [b]) => a - b)
        .map(([status, times]) => `${times}× ${status}`)
        .join(' '),
      'operations done': `${done.size} of ${operations.length}`,
    }),
    neverDone: () => operations.map(({ name }) => name).filter(name => !done.has(name)),
    /** Every operation once more, in another order; the first of them learn what there is. */
    async round({ seed, runs, lanes }: RoundOptions): Promise<void> {
      const chance = chanceOf(seed)
      const order = operations
        .map(operation => {
          // First those that make something, or tell what there is.
          const place = chance.next() + (operation.path.includes('{') ? 1 : 0)
          return { operation, place, seed: chance.below(2 ** 31) }
        })
        .sort((a, b) => a.place - b.place)
      await town.whisper()
      await town.work()
      await pry()
      await Promise.all(
        Array.from({ length: lanes }, async () => {
          for (let next = order.shift(); next && problems.length < ENOUGH; next = order.shift())
            await tryOut(next.operation, next.seed, runs)
        }),
      )
      problems.push(...town.troubles().map(line => `logged: ${line}`))
    },
  }
}
