/** How far a published announcement has come: into whose inboxes, and who has acknowledged it. Moves by itself. */
import type { Announcement } from '@pms/contract'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { percentOf } from './words.ts'

/** Nothing where it is not the caller's to know, or not out yet. */
export function Reach({
  announcement: { progress, requires_acknowledgement },
}: {
  announcement: Announcement
}) {
  if (!progress) return null
  const { recipients, delivered, acknowledged } = progress
  return (
    <section aria-labelledby="reach" className="border-t border-line pt-6">
      <h2 id="reach" className="mb-4 text-base font-semibold">
        Reach
      </h2>
      <div role="status" className="space-y-5">
        <Gauge
          name="Brought to inboxes"
          part={delivered}
          whole={recipients}
          rest={delivered < recipients ? 'on its way' : ''}
        />
        {requires_acknowledgement && (
          <Gauge
            name="Acknowledged"
            part={acknowledged}
            whole={recipients}
            rest={acknowledged < recipients ? `${recipients - acknowledged} to go` : 'everybody has'}
          />
        )}
      </div>
    </section>
  )
}

interface GaugeProps {
  name: string
  part: number
  whole: number
  /** What remains, in words. */
  rest: string
}

const Gauge = ({ name, part, whole, rest }: GaugeProps) => (
  <div>
    <p className="mb-2 flex items-baseline gap-2 text-sm">
      <span className="font-medium">{name}</span>
      <span className="text-muted">{rest}</span>
      <span className="ml-auto text-muted tabular-nums">
        {part} of {whole}
      </span>
    </p>
    <ProgressBar percent={percentOf(part, whole)} label={name} className="h-1.5" />
  </div>
)
