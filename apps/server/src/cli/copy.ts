/** `pms copy` */
import { parseArgs } from 'node:util'
import { type Copied, copyInstallation, isEqual } from '../operate/copy/copy.ts'
import { placeOf } from '../operate/place.ts'
import { StartError } from '../start-error.ts'
import { createProgressLine } from './progress-line.ts'
import { tableOf } from './table.ts'

const WHOLE = new Intl.NumberFormat('en')

/** @throws {StartError} also when the copy is not equal */
export async function copyCommand(args: string[]): Promise<string> {
  const { values } = parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } })
  if (!values.from || !values.to)
    throw new StartError('Both are needed: --from sqlite:./data/pms.sqlite --to postgres://…')
  const [from, to] = [placeOf(values.from), placeOf(values.to)]
  const started = performance.now()
  const line = createProgressLine(process.stderr)
  const copied = await copyInstallation({ from, to, onProgress: line.show })
  line.end()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const text = `${accountOf(copied)}\n${seconds} s: ${WHOLE.format(copied.written)} rows written, ${WHOLE.format(copied.removed)} removed.\n`
  if (copied.outcome === 'finished')
    return `${text}The copy is finished: ${to.name} is equal to ${from.name}.\n`
  if (copied.outcome === 'served')
    return (
      `${text}So far it is equal. The copy is not finished: a server still runs on ${from.name}.\n` +
      'Stop it and run the same command again, which brings only what changes until then.\n'
    )
  process.stdout.write(text)
  throw new StartError(
    copied.outcome === 'moved'
      ? `The copy is not finished: something wrote to ${from.name} meanwhile. Stop it and run the same command again.`
      : `The copy is not equal to ${from.name}: see the tables marked above. Does something else write to ${to.name}? ` +
          'Stop it and run the same command again.',
  )
}

function accountOf({ tables }: Copied): string {
  const rows = tables
    .filter(({ source, target }) => source.rows + target.rows > 0)
    .map(({ name, source, target }) => [
      name,
      WHOLE.format(source.rows),
      WHOLE.format(target.rows),
      target.checksum.slice(0, 16),
      isEqual(source, target) ? 'equal' : 'NOT EQUAL',
    ])
  return tableOf(['table', 'rows', 'copied', 'checksum', ''], rows, ['rows', 'copied'])
}
