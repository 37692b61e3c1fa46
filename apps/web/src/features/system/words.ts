/** What the numbers of the installation mean, in words. */
import type { SystemJob, SystemReport } from '@pms/contract'
import { counted, listed } from '../../ui/words.ts'

/** Longer than a job needs to begin where somebody runs it. */
const LATE_SECONDS = 60
const MUCH_LAG = 100
const SLOW_DELIVERY_MS = 1_000
const MUCH_TO_COMPUTE = 0.8

/** What is not well, a sentence each; none where all is well. */
export function findingsOf({ nodes, totals, jobs, database }: SystemReport): string[] {
  const up = nodes.filter(({ state }) => state === 'up')
  const findings: string[] = []
  for (const { name, started_at } of nodes.filter(({ state }) => state === 'silent')) {
    // Started again in its place, it is missed by nobody.
    if (up.some(other => other.name === name && other.started_at > started_at)) continue
    findings.push(`${name} stopped without a word. See whether it runs.`)
  }
  const deaf = up.filter(({ bus_connected }) => !bus_connected).map(({ name }) => name)
  if (deaf.length > 0)
    findings.push(
      `${listed(deaf)} cannot reach the bus: what other servers do shows there up to half a minute late. Nothing is lost.`,
    )
  const versions = [...new Set(up.map(({ version }) => version))]
  if (versions.length > 1) findings.push(`Servers run different versions: ${listed(versions)}.`)
  const late = jobs.filter(({ state, lag_seconds }) => state === 'late' && lag_seconds > LATE_SECONDS)
  if (late.length > 0) {
    const longest = span(Math.max(...late.map(({ lag_seconds }) => lag_seconds)))
    const names = listed(late.map(jobName))
    findings.push(`${counted(late.length, 'job is', 'jobs are')} late, up to ${longest}: ${names}.`)
  }
  if (totals.version_lag > MUCH_LAG)
    findings.push(`An open page lacked ${counted(totals.version_lag, 'change')} when last compared.`)
  if (totals.delivery_ms !== null && totals.delivery_ms > SLOW_DELIVERY_MS)
    findings.push(`Notifications take ${span(totals.delivery_ms / 1_000)} on average to reach a page.`)
  if (database.pool && database.pool.waiting > 0)
    findings.push(`${counted(database.pool.waiting, 'call waits', 'calls wait')} for a database connection.`)
  for (const { name, busy } of up) {
    if (busy > MUCH_TO_COMPUTE) findings.push(`${name} computes ${percent(busy)} of the time.`)
  }
  return findings
}

/** "announcement delivery" of `announcement_delivery`. */
export const jobName = ({ name }: Pick<SystemJob, 'name'>) => name.replace(/[._-]/g, ' ')

export const percent = (share: number) => `${Math.round(share * 100)}%`

/** "40 s", "5 min", "3 h", "2 days" */
export function span(seconds: number): string {
  if (seconds < 90) return `${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`
  const hours = Math.round(seconds / 3_600)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}

/** "12 ms", "1.2 s" */
export const milliseconds = (ms: number) => (ms < 1_000 ? `${Math.round(ms)} ms` : span(ms / 1_000))

/** "4", "0.25", "1,240" */
export const amount = (value: number) =>
  value.toLocaleString('en-GB', { maximumFractionDigits: value < 10 ? 2 : 0 })
