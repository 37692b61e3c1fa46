/** The kinds of things in a list with how many there are of each, to see one kind alone. */
import type { ApprovalItem, ApprovalKind } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { cx } from '../../ui/cx.ts'
import { SkeletonRows } from '../../ui/paged-list.tsx'
import type { ApprovalSearch } from './search.ts'
import { KIND_LABELS, KINDS } from './words.ts'

interface Props {
  items: readonly ApprovalItem[]
  kind: ApprovalKind | undefined
  tab?: 'sent'
}

const ROW = 'flex gap-1.5 overflow-x-auto px-4 py-2.5 [scrollbar-width:none] sm:px-6'

/** There where all are of one kind, too: what is below does not move when the last of another one is decided. */
export function KindChips({ items, kind, tab }: Props) {
  const counts = KINDS.map(one => ({ one, count: items.filter(item => item.kind === one).length }))
  const present = counts.filter(({ one, count }) => count > 0 || one === kind)
  const base: ApprovalSearch = tab ? { tab } : {}
  return (
    <nav aria-label="Kinds" className={ROW}>
      <Chip label="All" count={items.length} search={base} current={!kind} />
      {present.map(({ one, count }) => (
        <Chip
          key={one}
          label={KIND_LABELS[one]}
          count={count}
          search={{ ...base, kind: one }}
          current={kind === one}
        />
      ))}
    </nav>
  )
}

interface ChipProps {
  label: string
  count: number
  search: ApprovalSearch
  current: boolean
}

const Chip = ({ label, count, search, current }: ChipProps) => (
  <Link
    to="/approvals"
    search={search}
    replace
    activeOptions={{ exact: true }}
    aria-current={current ? 'page' : undefined}
    className={cx(
      'flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2.5 text-sm transition-colors touch:h-11 touch:px-3.5',
      current
        ? 'border-line-strong bg-pressed font-medium text-ink'
        : 'border-line text-muted hover:bg-hover hover:text-ink',
    )}
  >
    {label}
    <span className="text-xs text-muted tabular-nums">{count}</span>
  </Link>
)

/** The list with its chips, while nobody knows yet which there are. */
export const SkeletonApprovals = ({ label }: { label: string }) => (
  <>
    <div aria-hidden="true" className={cx(ROW, 'late border-b border-line')}>
      {['w-16', 'w-28', 'w-32'].map(width => (
        <div key={width} className={cx('skeleton h-7 shrink-0 touch:h-11', width)} />
      ))}
    </div>
    <SkeletonRows label={label} />
  </>
)
