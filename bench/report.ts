/** Figures as tables: medians of the rounds, and ratios to ours. Kept as JSON and as Markdown in bench/results. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { median } from './load/quantiles.ts'
import { cores } from './machine.ts'
import type { Figure, Measure } from './measures/measure.ts'

const RESULTS = fileURLToPath(new URL('results/', import.meta.url))

/** Whom the others are compared with. */
const OURS = 'ours'

interface Row {
  side: string
  case: string
  medians: Record<string, number>
  /** What limited the rounds; each that occurred. */
  limits: string[]
}

/** Prints nothing: keeps the figures, and answers them as Markdown. */
export function report(measure: Measure, figures: readonly Figure[], rounds: number): string {
  const rows = rowsOf(measure, figures)
  const about = { measure: measure.name, at: new Date().toISOString(), rounds, ...machine() }
  const facts = Object.entries(about).map(([name, value]) => `${name} ${value}`)
  const text = `# ${measure.about}\n\n${facts.join(', ')}\n\n${tablesOf(measure, figures)}`
  mkdirSync(RESULTS, { recursive: true })
  const json = JSON.stringify({ ...about, rows, figures }, null, 2)
  const stamp = about.at.replaceAll(':', '').slice(0, 17)
  for (const name of [measure.name, `${measure.name}-${stamp}`]) {
    writeFileSync(`${RESULTS}${name}.json`, `${json}\n`)
    writeFileSync(`${RESULTS}${name}.md`, text)
  }
  return text
}

function rowsOf(measure: Measure, figures: readonly Figure[]): Row[] {
  const groups = Map.groupBy(figures, figure => `${figure.case}\n${figure.side}`)
  return [...groups.values()].map(group => {
    const [{ side, case: name } = { side: '', case: '' }] = group
    const medians = Object.fromEntries(
      Object.keys(measure.columns).flatMap(key => {
        const values = group.flatMap(({ values }) => values[key] ?? [])
        return values.length === 0 ? [] : [[key, median(values)]]
      }),
    )
    return { side, case: name, medians, limits: [...new Set(group.flatMap(({ limit }) => limit ?? []))] }
  })
}

/** A table for each case, as Markdown. */
export function tablesOf(measure: Measure, figures: readonly Figure[]): string {
  const rows = rowsOf(measure, figures)
  const columns = Object.entries(measure.columns)
  const parts: string[] = []
  for (const [name, group] of Map.groupBy(rows, row => row.case)) {
    const base = measure.base ? group[0] : group.find(({ side }) => side === OURS)
    const ratio = measure.base ? growth : gain
    const heads = columns.map(([, column]) => (column.unit ? `${column.name}, ${column.unit}` : column.name))
    const body = group.map(row => {
      const cells = columns.map(([key, { digits }]) =>
        cell(row, key, digits, base && row !== base ? ratio(row, base, key) : null),
      )
      return line([row.side, ...cells, row.limits.join('; ')])
    })
    const rule = line(['---', ...columns.map(() => '--:'), '---'])
    parts.push(`## ${name}`, [line(['', ...heads, 'limited by']), rule, ...body].join('\n'))
  }
  if (measure.base) parts.push('In brackets: this one, divided by the first.')
  else if (new Set(rows.map(({ side }) => side)).size > 1)
    parts.push('In brackets: ours, divided by this one.')
  return `${parts.join('\n\n')}\n`
}

/** How many times as much ours came to. */
function gain(row: Row, base: Row, key: string): number | null {
  return divided(base.medians[key], row.medians[key])
}

/** How many times as much as in the first row. */
function growth(row: Row, base: Row, key: string): number | null {
  return divided(row.medians[key], base.medians[key])
}

function divided(above?: number, below?: number): number | null {
  return above === undefined || !below ? null : above / below
}

function cell(row: Row, key: string, digits: number, ratio: number | null): string {
  const value = row.medians[key]
  if (value === undefined) return ''
  const said = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return ratio === null ? said : `${said} (${ratio.toFixed(2)})`
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function machine() {
  return {
    node: process.version,
    processor: `${cores} × ${cpus()[0]?.model ?? 'unknown'}`,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  }
}
