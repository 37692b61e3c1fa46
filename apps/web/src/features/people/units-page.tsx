/** The units of the organisation, and keeping them. */
import type { Unit } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Building2, Pencil, Plus, Trash2 } from 'lucide-react'
import { type CSSProperties, useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { inTree, unitsQuery } from '../../shared/units.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Empty, Failed } from '../../ui/messages.tsx'
import { SkeletonRows } from '../../ui/paged-list.tsx'
import { Dot, RowLine, rowClass, rowLinkClass } from '../../ui/row.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { counted } from '../../ui/words.ts'
import { PeopleHead } from './people-head.tsx'
import { DeleteUnitDialog, UnitDialog } from './unit-dialogs.tsx'
import { kindBelow, UNIT_LABELS } from './words.ts'

type Asking = { what: 'add'; parent: Unit | null } | { what: 'edit' | 'delete'; unit: Unit }

export function UnitsPage() {
  const me = useMe()
  const { data, error, refetch } = useQuery(unitsQuery)
  const [asking, setAsking] = useState<Asking | null>(null)
  const keepsUnits = me.permissions.includes('users.manage')
  const top = data?.find(unit => unit.kind === 'global') ?? null
  const close = () => setAsking(null)
  return (
    <>
      <PeopleHead
        current="units"
        action={
          keepsUnits &&
          data && (
            <Button
              variant="primary"
              aria-label="Add a unit"
              onClick={() => setAsking({ what: 'add', parent: top })}
              icon={<Plus aria-hidden="true" className="size-4" />}
              className="max-sm:size-11 max-sm:px-0!"
            >
              <span className="max-sm:hidden">Add a unit</span>
            </Button>
          )
        }
      />
      {data ? (
        <UnitList units={inTree(data)} keepsUnits={keepsUnits} onAsk={setAsking} />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows label="Loading units" />
      )}
      {asking?.what === 'add' && <UnitDialog units={data ?? []} parent={asking.parent} onClose={close} />}
      {asking?.what === 'edit' && (
        <UnitDialog units={data ?? []} parent={null} unit={asking.unit} onClose={close} />
      )}
      {asking?.what === 'delete' && <DeleteUnitDialog unit={asking.unit} onClose={close} />}
    </>
  )
}

interface ListProps {
  /** In the order of their tree, with how deep each lies. */
  units: readonly (Unit & { depth: number })[]
  keepsUnits: boolean
  onAsk: (asking: Asking) => void
}

function UnitList({ units, keepsUnits, onAsk }: ListProps) {
  const list = useRowKeys<HTMLUListElement>()
  if (units.length === 0)
    return (
      <Empty icon={Building2} title="No units yet">
        Directorates, departments and units, and how many people belong to each, will be listed here.
      </Empty>
    )
  return (
    <ul ref={list} className="divide-y divide-line border-b border-line">
      {units.map(unit => (
        <li key={unit.id} className={rowClass}>
          <div
            style={{ '--depth': unit.depth } as CSSProperties}
            className="min-w-0 flex-1 pl-[calc(var(--depth)*14px)] sm:pl-[calc(var(--depth)*24px)]"
          >
            <Link to="/people" search={{ unit: unit.id }} data-row className={rowLinkClass}>
              {unit.name}
            </Link>
            <RowLine>
              <span>{UNIT_LABELS[unit.kind]}</span>
              <Dot />
              <span className="tabular-nums">{counted(unit.people, 'person', 'people')}</span>
            </RowLine>
          </div>
          {/* What only some have comes first: what all have stands in one column, at the end of the line. */}
          <span className="relative z-10 -mr-2 flex shrink-0 sm:gap-1 touch:-mr-3.5">
            {unit.allowed_actions.includes('delete') && (
              <IconButton label={`Delete ${unit.name}`} onClick={() => onAsk({ what: 'delete', unit })}>
                <Trash2 aria-hidden="true" className="size-4" />
              </IconButton>
            )}
            {keepsUnits && kindBelow(unit.kind) ? (
              <IconButton
                label={`Add a unit below ${unit.name}`}
                onClick={() => onAsk({ what: 'add', parent: unit })}
              >
                <Plus aria-hidden="true" className="size-4" />
              </IconButton>
            ) : (
              keepsUnits && <span className="size-8 touch:size-11" />
            )}
            {unit.allowed_actions.includes('edit') && (
              <IconButton label={`Edit ${unit.name}`} onClick={() => onAsk({ what: 'edit', unit })}>
                <Pencil aria-hidden="true" className="size-4" />
              </IconButton>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
