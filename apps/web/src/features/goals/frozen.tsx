/** That a quarter is frozen, by whom, since when and why: above lists, on a goal, and where one is written. */
import type { Goal, GoalFreeze, Quarter } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/messages.tsx'
import { NameFor } from '../../ui/names.ts'
import { Ago } from '../../ui/time.tsx'
import type { GoalFilters } from './filters.ts'
import { UnfreezeDialog } from './freeze-dialogs.tsx'
import { freezesOver, freezesQuery, useFreezeOf } from './freezes.ts'
import { periodOf } from './words.ts'

/** So many stand above a list before one asks for the others. */
const FEW = 2

export function FrozenQuarters({ filters, goals }: { filters: GoalFilters; goals: readonly Goal[] }) {
  const [all, setAll] = useState(false)
  const [lifting, setLifting] = useState<GoalFreeze | null>(null)
  const { data = [] } = useQuery(freezesQuery)
  const freezes = freezesOver(data, filters, goals)
  const hidden = freezes.length - FEW
  if (freezes.length === 0 && !lifting) return null
  return (
    <div className="border-b border-line bg-sunken px-4 sm:px-6">
      <ul aria-label="Frozen quarters">
        {(all ? freezes : freezes.slice(0, FEW)).map(freeze => (
          <li key={freeze.id} className="flex min-h-12 items-center gap-3 py-2 sm:gap-5">
            <Lock aria-hidden="true" className="size-4 shrink-0 text-subtle" />
            <p className="min-w-0 flex-1 break-words text-sm sm:-ml-2">
              <Why freeze={freeze} />
            </p>
            {freeze.allowed_actions.includes('unfreeze') && (
              <Button aria-label={`Unfreeze ${periodOf(freeze)}`} onClick={() => setLifting(freeze)}>
                Unfreeze
              </Button>
            )}
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <Button variant="ghost" className="-ml-3 mb-2" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${hidden} more`}
        </Button>
      )}
      {lifting && <UnfreezeDialog freeze={lifting} onClose={() => setLifting(null)} />}
    </div>
  )
}

interface NoticeProps {
  of: { year: number; quarter: Quarter | null }
  /** What waits because of it. */
  waits: string
  className?: string
}

/** Nothing, where the quarter is not frozen. */
export function FrozenNotice({ of, waits, className = '' }: NoticeProps) {
  const freeze = useFreezeOf(of)
  if (!freeze) return null
  return (
    <Notice tone="info" className={className}>
      <Lock aria-hidden="true" className="mr-2 inline size-4 align-text-bottom text-subtle" />
      <Why freeze={freeze} />
      <p>{waits}</p>
    </Notice>
  )
}

function Why({ freeze }: { freeze: GoalFreeze }) {
  const me = useMe()
  return (
    <>
      <span className="font-medium">{periodOf(freeze)} is frozen</span>
      <span className="text-muted">
        {' · '}
        {NameFor(freeze.frozen_by, me.id)}, <Ago at={freeze.frozen_at} />
        {freeze.reason && `: “${freeze.reason}”`}
      </span>
    </>
  )
}
