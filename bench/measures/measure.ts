/** What a measure is: sides and settings in, figures out. The tables are made in report.ts. */
import type { Side } from '../sides/side.ts'

export interface Settings {
  /** Those that run here. */
  sides: readonly Side[]
  rounds: number
  /** How long each run is measured. */
  seconds: number
  /** How many requests at the same time: a case each. */
  atOnce: readonly number[]
  /** How many people are connected, where there is a crowd. */
  people: number
  /** How many notifications there are, where they were there before: a case each. */
  rows: readonly number[]
  /** Called as work goes on. */
  say(text: string): void
}

/** One run of one side. */
export interface Figure {
  side: string
  /** What was asked of it; figures of one case are compared. */
  case: string
  values: Readonly<Record<string, number>>
  /** What stood in the way of more, where that is asked. */
  limit?: string
}

export interface Column {
  name: string
  unit: string
  digits: number
}

export interface Measure {
  name: string
  about: string
  columns: Readonly<Record<string, Column>>
  /** What the rows of a table are compared with; if it is not said, with ours, and ours divided by each. */
  base?: { row: 'first'; ratio: 'row / base' }
  /** Sides it makes sense for. */
  sides: readonly string[]
  run(settings: Settings): Promise<Figure[]>
}

/** Each side once a round, another one first each time: what happens to the machine happens to all. */
export function* interleaved(
  sides: readonly Side[],
  rounds: number,
): Generator<{ side: Side; round: number }> {
  for (let round = 0; round < rounds; round++)
    for (let at = 0; at < sides.length; at++) {
      const side = sides[(round + at) % sides.length]
      if (side) yield { side, round }
    }
}

/** A number as tables say it. */
export const named = (number: number): string => number.toLocaleString('en')
