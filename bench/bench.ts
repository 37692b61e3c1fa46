/** `npm run bench`: the named measures, or all of them, over the named sides. Prints the tables and keeps them. */
import { parseArgs } from 'node:util'
import { fileLimit } from './machine.ts'
import { announce } from './measures/announce.ts'
import { create } from './measures/create.ts'
import { idle } from './measures/idle.ts'
import { ingest } from './measures/ingest.ts'
import { lists } from './measures/lists.ts'
import { markAll } from './measures/mark-all.ts'
import type { Measure } from './measures/measure.ts'
import { reducer } from './measures/reducer.ts'
import { startup } from './measures/startup.ts'
import { storm } from './measures/storm.ts'
import { report } from './report.ts'
import type { Side } from './sides/side.ts'
import { SIDES } from './sides/sides.ts'

const MEASURES: readonly Measure[] = [create, announce, idle, storm, lists, markAll, startup, ingest, reducer]

const HELP = `npm run bench -- [measure …] [--sides=a,b] [--rounds=3] [--seconds=4] [--at-once=1,32,256] [--people=10000]
  [--rows=10000,1000000,5000000]

measures
${MEASURES.map(({ name, about }) => `  ${name.padEnd(14)} ${about}`).join('\n')}
sides
${SIDES.map(({ name, about }) => `  ${name.padEnd(14)} ${about}`).join('\n')}

All of each, if none is named. Tables are kept in bench/results.
`

const say = (text: string): void => void process.stderr.write(`${text}\n`)

// Whatever was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sides: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '4' },
      'at-once': { type: 'string', default: '1,32,256' },
      people: { type: 'string', default: '10000' },
      rows: { type: 'string', default: '10000,1000000,5000000' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) process.stdout.write(HELP)
  else {
    const measures = pick(MEASURES, positionals, 'measure')
    const sides = await present(pick(SIDES, listOf(values.sides), 'side'), measures)
    for (const measure of measures) {
      const rounds = numberOf(values.rounds)
      const figures = await measure.run({
        sides: sides.filter(({ name }) => measure.sides.includes(name)),
        rounds,
        seconds: numberOf(values.seconds),
        atOnce: listOf(values['at-once']).map(numberOf),
        people: connectable(numberOf(values.people)),
        rows: listOf(values.rows).map(numberOf),
        say,
      })
      process.stdout.write(`\n${report(measure, figures, rounds)}`)
    }
  }
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
}

/** All of them, if none is named. */
function pick<T extends { name: string }>(
  all: readonly T[],
  names: readonly string[],
  what: string,
): readonly T[] {
  const unknown = names.find(name => !all.some(each => each.name === name))
  if (unknown !== undefined) throw new Error(`There is no ${what} "${unknown}".\n\n${HELP}`)
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name))
}

/** Those that can run here. Who cannot is said, and left out. */
async function present(sides: readonly Side[], measures: readonly Measure[]): Promise<Side[]> {
  const here: Side[] = []
  for (const side of sides) {
    if (!measures.some(measure => measure.sides.includes(side.name))) continue
    const missing = await side.missing()
    if (missing === null) here.push(side)
    else say(`Left out: ${side.name}. ${missing}`)
  }
  return here
}

function listOf(text = ''): string[] {
  return text.split(',').filter(part => part !== '')
}

function numberOf(text: string): number {
  const number = Number(text)
  if (!(number > 0)) throw new Error(`"${text}" is no number above zero`)
  return number
}

/** As many as one process may hold open, with some files besides. */
function connectable(people: number): number {
  const most = fileLimit() - 500
  if (people <= most) return people
  say(
    `${people} people cannot be connected: a process may have ${fileLimit()} files open here. It is ${most} now.`,
  )
  return most
}
