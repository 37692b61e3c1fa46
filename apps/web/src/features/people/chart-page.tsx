/** The organisation as a tree: units, and the people in them. */
import type { Unit, UserEntry } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { Network } from 'lucide-react'
import { useState } from 'react'
import { useToday } from '../../api/info.ts'
import { unitsQuery } from '../../shared/units.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, Failed } from '../../ui/messages.tsx'
import { SkeletonRows } from '../../ui/paged-list.tsx'
import { counted } from '../../ui/words.ts'
import { ChartTree } from './chart-tree.tsx'
import { PeopleHead } from './people-head.tsx'
import { everybodyQuery } from './queries.ts'
import { chartLines } from './tree.ts'

export function ChartPage() {
  const units = useQuery(unitsQuery)
  const people = useQuery(everybodyQuery)
  const error = units.error ?? people.error
  return (
    <>
      <PeopleHead current="chart" />
      {units.data && people.data ? (
        <Chart units={units.data} people={people.data} />
      ) : error ? (
        <Failed
          error={error}
          retry={() => {
            void units.refetch()
            void people.refetch()
          }}
        />
      ) : (
        <SkeletonRows label="Loading the chart" />
      )}
    </>
  )
}

/** In a large organisation only the upper units are open at first. */
const MANY = 150

function Chart({ units, people }: { units: readonly Unit[]; people: readonly UserEntry[] }) {
  const today = useToday()
  const deep = units.filter(unit => unit.kind === 'department' || unit.kind === 'unit').map(unit => unit.id)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set(people.length > MANY ? deep : []))
  const lines = chartLines(units, people, closed)
  if (lines.length === 0)
    return (
      <Empty icon={Network} title="Nobody is here yet">
        Units and the people in them will be drawn here.
      </Empty>
    )
  const toggle = (id: string, open: boolean) =>
    setClosed(before => {
      const after = new Set(before)
      if (open) after.delete(id)
      else after.add(id)
      return after
    })
  return (
    <div className="max-w-[1640px] px-2 py-3 sm:px-4">
      <div className="flex items-center justify-between gap-3 px-2 pb-2 text-sm text-muted">
        <p className="tabular-nums">
          {counted(people.length, 'person', 'people')} in {counted(units.length, 'unit')}
        </p>
        <span className="-mr-3 flex gap-1 touch:-mr-4">
          <Button variant="ghost" onClick={() => setClosed(new Set())}>
            Open all
          </Button>
          <Button variant="ghost" onClick={() => setClosed(new Set(units.map(unit => unit.id)))}>
            Close all
          </Button>
        </span>
      </div>
      <ChartTree lines={lines} closed={closed} onToggle={toggle} today={today} />
    </div>
  )
}
