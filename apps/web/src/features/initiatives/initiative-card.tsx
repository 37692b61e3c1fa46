/** An initiative as a card of the board. The whole card opens it. */
import type { Initiative } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { Due } from './initiative-row.tsx'
import { UrgencyMark } from './urgency-mark.tsx'
import { isScored } from './words.ts'
import { Workers } from './workers.tsx'

export function InitiativeCard({ initiative, today }: { initiative: Initiative; today: string }) {
  const { open_extension, score } = initiative
  return (
    <li className="relative rounded-md border border-line bg-surface px-3 py-2.5 transition-colors hover:border-line-strong dark:bg-raised">
      <Link
        to="/initiatives/$initiativeId"
        params={{ initiativeId: initiative.id }}
        data-row
        className="line-clamp-3 text-sm font-medium break-words outline-none before:absolute before:inset-0 before:rounded-md before:content-[''] focus-visible:before:outline-2 focus-visible:before:outline-accent"
      >
        <UrgencyMark urgency={initiative.urgency} />
        {initiative.title}
      </Link>
      <p className="mt-1 text-xs text-muted">
        {isScored(initiative) ? `scored ${score}/10` : <Due initiative={initiative} today={today} />}
        {open_extension && ' · more time asked for'}
      </p>
      <div className="mt-2 text-xs text-muted">
        <Workers of={initiative} />
      </div>
    </li>
  )
}
