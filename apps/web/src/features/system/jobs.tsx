/** Work by the clock: when each job ran, when it runs next, and what went wrong. */
import type { SystemJob } from '@pms/contract'
import { absolute } from '../../ui/dates.ts'
import { Pill, type Tone } from '../../ui/pill.tsx'
import { Ago } from '../../ui/time.tsx'
import { None } from './nodes.tsx'
import { Cell, Line, Name, SystemTable } from './table.tsx'
import { jobName, milliseconds, span } from './words.ts'

const STATES: Record<SystemJob['state'], { tone: Tone; label: string }> = {
  waiting: { tone: 'done', label: 'On time' },
  running: { tone: 'active', label: 'Running' },
  late: { tone: 'overdue', label: 'Late' },
}

const COLUMNS = ['Job', 'State', 'Last error', 'Last run', 'Took', 'Next run']

export const Jobs = ({ jobs, now }: { jobs: readonly SystemJob[]; now: number }) => (
  <SystemTable id="jobs" title="Jobs" columns={COLUMNS}>
    {jobs.map(job => (
      <JobLine key={job.name} job={job} now={now} />
    ))}
  </SystemTable>
)

function JobLine({ job, now }: { job: SystemJob; now: number }) {
  const { tone, label } = STATES[job.state]
  const { last_error: error, next_run_at: next } = job
  return (
    <Line>
      <Name>
        <span className="inline-block first-letter:uppercase">{jobName(job)}</span>
      </Name>
      <Cell label="State">
        <Pill tone={tone}>{label}</Pill>
        {job.state === 'late' && <span className="ml-2 text-muted">for {span(job.lag_seconds)}</span>}
      </Cell>
      <Cell label="Last error">
        {error ? (
          <span className="block max-w-80 break-words">
            {error.message} <Ago at={error.at} className="text-muted" />
          </span>
        ) : (
          <None />
        )}
      </Cell>
      <Cell label="Last run" short>
        {job.last_run_at ? <Ago at={job.last_run_at} /> : <None />}
      </Cell>
      <Cell label="Took" short>
        {job.last_ms === null ? <None /> : milliseconds(job.last_ms)}
      </Cell>
      <Cell label="Next run" short>
        {next ? (
          <time dateTime={next} title={absolute(next)}>
            in {span(Math.max(0, (Date.parse(next) - now) / 1_000))}
          </time>
        ) : (
          <None />
        )}
      </Cell>
    </Line>
  )
}
