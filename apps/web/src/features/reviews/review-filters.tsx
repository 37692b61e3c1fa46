/** Narrowing reviews by state and kind; what is chosen lives in the address of the page. */
import type { ReviewKind, ReviewStatus } from '@pms/contract'
import { ClearFilters, Filter, FilterBar } from '../../ui/filter-bar.tsx'
import { KIND_LABELS, KINDS, REVIEW_STATES, STATUSES } from './words.ts'

interface Narrowing {
  status?: ReviewStatus | undefined
  kind?: ReviewKind | undefined
}

interface Props {
  filters: Narrowing
  onChange: (changes: Narrowing) => void
}

export const ReviewFilterBar = ({ filters: { status, kind }, onChange }: Props) => (
  <FilterBar>
    <Filter
      name="Status"
      value={status}
      options={STATUSES.map(value => ({ value, label: REVIEW_STATES[value].word }))}
      onChange={next => onChange({ status: next })}
    />
    <Filter
      name="Kind"
      value={kind}
      options={KINDS.map(value => ({ value, label: KIND_LABELS[value] }))}
      onChange={next => onChange({ kind: next })}
    />
    {(status || kind) && <ClearFilters onClick={() => onChange({ status: undefined, kind: undefined })} />}
  </FilterBar>
)
