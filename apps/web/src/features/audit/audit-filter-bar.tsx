/** Narrowing the audit log: what kind of thing, who, which one, between which days. */
import { X } from 'lucide-react'
import { useId } from 'react'
import { cx } from '../../ui/cx.ts'
import { ClearFilters, Filter, FilterBar } from '../../ui/filter-bar.tsx'
import type { AuditFilters } from './filters.ts'
import { deedOf, KINDS } from './words.ts'

interface Props {
  filters: AuditFilters
  actorName: string | undefined
  onChange: (next: Partial<Record<keyof AuditFilters, string | undefined>>) => void
}

export function AuditFilterBar({ filters, actorName, onChange }: Props) {
  const { action, actor_id, object_id, from, to } = filters
  const isDeed = action !== undefined && KINDS.every(({ value }) => value !== action)
  return (
    <FilterBar>
      <Filter
        name="Kind"
        value={isDeed ? undefined : action}
        options={KINDS}
        onChange={kind => onChange({ action: kind })}
      />
      <DayBox
        label="From"
        value={from}
        {...(to ? { max: to } : {})}
        onChange={day => onChange({ from: day })}
      />
      <DayBox
        label="To"
        value={to}
        {...(from ? { min: from } : {})}
        onChange={day => onChange({ to: day })}
      />
      {isDeed && <Chip label={deedOf(action)} onRemove={() => onChange({ action: undefined })} />}
      {actor_id && (
        <Chip label={`By ${actorName ?? 'one person'}`} onRemove={() => onChange({ actor_id: undefined })} />
      )}
      {object_id && <Chip label="One thing" onRemove={() => onChange({ object_id: undefined })} />}
      {Object.keys(filters).length > 0 && (
        <ClearFilters
          onClick={() =>
            onChange({
              action: undefined,
              actor_id: undefined,
              object_id: undefined,
              from: undefined,
              to: undefined,
            })
          }
        />
      )}
    </FilterBar>
  )
}

interface DayProps {
  label: string
  value: string | undefined
  min?: string
  max?: string
  onChange: (day: string | undefined) => void
}

function DayBox({ label, value = '', onChange, ...limits }: DayProps) {
  const id = useId()
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-sm text-muted">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        value={value}
        {...limits}
        onChange={event => onChange(event.target.value || undefined)}
        className={cx(
          value === '' ? 'text-subtle' : 'text-ink',
          'h-7 rounded-md border border-line bg-surface px-2 text-sm transition-colors hover:border-line-strong focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 touch:h-11',
        )}
      />
    </span>
  )
}

const Chip = ({ label, onRemove }: { label: string; onRemove: () => void }) => (
  <button
    type="button"
    onClick={onRemove}
    aria-label={`${label}: remove this filter`}
    className="flex h-7 shrink-0 items-center gap-1 rounded-md border border-line-strong px-2 text-sm font-medium transition-colors hover:bg-hover touch:h-11 touch:px-3"
  >
    {label}
    <X aria-hidden="true" className="size-3.5 text-subtle" />
  </button>
)
