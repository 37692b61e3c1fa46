/** What became of one notification: in a sentence, then moment by moment, then what else is known of it. */
import type { NotificationTrace } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck, CircleHelp } from 'lucide-react'
import { type Labels, labelOf } from '../../shared/notification-types.ts'
import { Person } from '../../shared/person.tsx'
import { absolute } from '../../ui/dates.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Notice } from '../../ui/messages.tsx'
import { PageHeading } from '../../ui/page.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ThingFrame } from '../../ui/thing-frame.tsx'
import { counted } from '../../ui/words.ts'
import { ForObservers } from './system-head.tsx'
import { traceQuery } from './trace-queries.ts'
import { type Happening, moment, STATES, storyOf, verdictText } from './trace-words.ts'

const route = getRouteApi('/app/system/notifications/$notificationId')

/** @param labels what types are called */
export const TracePage = ({ labels }: { labels: Labels }) => (
  <ForObservers>
    <Framed labels={labels} />
  </ForObservers>
)

function Framed({ labels }: { labels: Labels }) {
  const { notificationId } = route.useParams()
  const { data, error, refetch } = useQuery(traceQuery(notificationId))
  return (
    <ThingFrame
      name="notification"
      back={{
        to: '/system/notifications',
        label: 'Notifications',
        search: data ? { person: data.recipient.id } : {},
      }}
      thing={data}
      error={error}
      retry={() => void refetch()}
    >
      {trace => <Trace trace={trace} labels={labels} />}
    </ThingFrame>
  )
}

function Trace({ trace, labels }: { trace: NotificationTrace; labels: Labels }) {
  const { type, recipient, priority, needs_action, object, state, unrecorded, id } = trace
  return (
    <div className="mx-auto max-w-[760px] px-4 py-7 sm:px-8 lg:px-10 lg:py-9">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <PageHeading title={labelOf(type, labels)} className="min-w-0 text-2xl break-words" />
        <Pill tone={STATES[state].tone}>{STATES[state].label}</Pill>
      </div>
      <Verdict trace={trace} />
      {unrecorded > 0 && (
        <Notice tone="info" className="mt-5">
          {counted(unrecorded, 'connection')} of the last day could not be written down: some may be missing
          here.
        </Notice>
      )}
      <section aria-labelledby="story" className="mt-9">
        <h2 id="story" className="mb-4 text-base font-semibold">
          What happened
        </h2>
        <ol>
          {storyOf(trace).map(happening => (
            <Step key={happening.id} of={happening} />
          ))}
        </ol>
      </section>
      <section aria-labelledby="facts" className="mt-9">
        <h2 id="facts" className="mb-4 text-base font-semibold">
          What is known of it
        </h2>
        <Facts>
          <Fact name="For">
            <Person of={recipient} />
          </Fact>
          <Fact name="Type">{type}</Fact>
          <Fact name="Priority">
            <span className="inline-block first-letter:uppercase">{priority}</span>
            {needs_action && ', asks for a decision'}
          </Fact>
          {object && (
            <Fact name="About">
              <span className="break-all">
                {object.type.replaceAll('_', ' ')} {object.id}
              </span>
            </Fact>
          )}
          <Fact name="Its id">
            <span className="break-all">{id}</span>
          </Fact>
        </Facts>
      </section>
    </div>
  )
}

/** Said again, to those who hear it, only when it changes. */
function Verdict({ trace }: { trace: NotificationTrace }) {
  const { isWell, text } = verdictText(trace)
  const Icon = isWell ? CircleCheck : CircleHelp
  return (
    <p role="status" className="mt-4 flex gap-2.5 text-base text-pretty">
      <Icon
        aria-hidden="true"
        className={isWell ? 'mt-0.5 size-5 shrink-0 text-done-mark' : 'mt-0.5 size-5 shrink-0 text-muted'}
      />
      {text}
    </p>
  )
}

const Step = ({ of: { at, tone, what, more } }: { of: Happening }) => (
  <li className="group/step relative flex gap-3 pb-5 last:pb-0">
    <span
      aria-hidden="true"
      className="absolute top-5 bottom-0 left-[7px] w-px bg-line group-last/step:hidden"
    />
    <span
      aria-hidden="true"
      className="mt-1 size-[15px] shrink-0 rounded-full border-4 border-surface shadow-[0_0_0_1px_var(--line-strong)]"
      style={{ background: `var(--${tone}-mark)` }}
    />
    <div className="min-w-0 flex-1 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{what}</span>
        <time dateTime={at} title={absolute(at)} className="text-subtle tabular-nums">
          {moment(at)}
        </time>
      </p>
      {more && <p className="mt-0.5 text-muted break-words text-pretty">{more}</p>}
    </div>
  </li>
)
