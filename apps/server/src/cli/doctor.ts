/** `pms doctor` */
import { parseArgs } from 'node:util'
import { examine } from '../operate/doctor/doctor.ts'
import type { Finding } from '../operate/doctor/finding.ts'
import { StartError } from '../start-error.ts'

const MARKS = { ok: '✓', wrong: '✗', skipped: '–' } as const

/** Ends with 1 when anything is wrong. */
export async function doctorCommand(args: string[]): Promise<string> {
  const { values } = parseArgs({
    args,
    options: { url: { type: 'string' }, json: { type: 'boolean', default: false } },
  })
  const findings = await examine(process.env, values.url === undefined ? null : addressOf(values.url))
  const wrong = findings.filter(({ state }) => state === 'wrong').length
  if (wrong > 0) process.exitCode = 1
  if (values.json) return `${JSON.stringify({ ok: wrong === 0, findings }, null, 2)}\n`
  const verdict =
    wrong === 0 ? 'Nothing is wrong.' : wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`
  return `${findings.map(linesOf).join('')}\n${verdict}\n`
}

function addressOf(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new StartError('--url is the address that people use, such as https://pms.example.org')
}

function linesOf({ check, state, found, todo }: Finding): string {
  const line = `${MARKS[state]} ${check}: ${found}\n`
  return todo === undefined ? line : `${line}    ${todo}\n`
}
