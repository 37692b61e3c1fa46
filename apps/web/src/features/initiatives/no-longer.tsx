/** Says why what somebody came for can no longer be done, and leads on. */
import type { InitiativeDetail } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { buttonClass } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Ago } from '../../ui/time.tsx'
import { decisionOf, stateOf } from './words.ts'

interface Props {
  initiative: InitiativeDetail
  children: ReactNode
}

export function NoLonger({ initiative, children }: Props) {
  const { tone, word } = stateOf(initiative)
  const decision = decisionOf(initiative)
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-3 rounded-lg bg-sunken px-4 py-3.5"
    >
      <Pill tone={tone}>{word}</Pill>
      <p className="min-w-0 flex-1 text-sm">
        {children}{' '}
        {decision && (
          <span className="text-muted">
            <Ago at={decision.created_at} />
          </span>
        )}
      </p>
      <Link
        to="/initiatives/$initiativeId"
        params={{ initiativeId: initiative.id }}
        className={buttonClass('secondary', 'max-sm:w-full')}
      >
        Open initiative
      </Link>
    </div>
  )
}
