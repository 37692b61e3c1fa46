/** How far a long work has come, for whoever waits: one line that changes on a terminal, now and then one in a log. */
import type { WriteStream } from 'node:tty'
import type { Progress } from '../operate/copy/pass.ts'

type Output = Pick<WriteStream, 'write' | 'isTTY'>

const BETWEEN_LINES_MS = 2_000
const BETWEEN_CHANGES_MS = 100
const WHOLE = new Intl.NumberFormat('en')

export function createProgressLine(output: Output) {
  const between = output.isTTY ? BETWEEN_CHANGES_MS : BETWEEN_LINES_MS
  let table = ''
  let began = performance.now()
  let shown = began

  return {
    show(step: Progress): void {
      const now = performance.now()
      if (step.table !== table) {
        table = step.table
        began = now
      }
      if (now - shown < between) return
      shown = now
      const text = sentenceOf(step, (now - began) / 1000)
      output.write(output.isTTY ? `\r\u001b[K${text}` : `${text}\n`)
    },

    /** Leaves the line to whatever is said next. */
    end(): void {
      if (output.isTTY) output.write('\r\u001b[K')
    },
  }
}

function sentenceOf({ table, done, total }: Progress, seconds: number): string {
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100)
  const rate = seconds > 0 ? Math.round(done / seconds) : 0
  return `${table}: ${WHOLE.format(done)} of ${WHOLE.format(total)} rows, ${percent} %, ${WHOLE.format(rate)} a second`
}
