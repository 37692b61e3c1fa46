/** What waits on me, the oldest first; decided one by one or several at once, by mouse or by keys. */
import type { ApprovalItem, ApprovalKind, Decision } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { CircleCheckBig } from 'lucide-react'
import { useState } from 'react'
import { Empty, Failed } from '../../ui/messages.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { useRowKeys } from '../../ui/row-keys.ts'
import { useShortcut } from '../../ui/shortcut.ts'
import { counted } from '../../ui/words.ts'
import { ApprovalRow } from './approval-row.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { KeyHints } from './key-hints.tsx'
import { KindChips, SkeletonApprovals } from './kind-chips.tsx'
import { type Deciding, useDecide, withDecided } from './outcomes.ts'
import { approvalsQuery } from './queries.ts'
import { keyOf, noOf, verbsOf, yesOf } from './words.ts'

export function Awaiting({ kind }: { kind: ApprovalKind | undefined }) {
  const { data, error, refetch } = useQuery(approvalsQuery('mine'))
  if (!data)
    return error ? (
      <Failed error={error} retry={() => void refetch()} />
    ) : (
      <SkeletonApprovals label="Loading approvals" />
    )
  return <List waiting={data} kind={kind} />
}

function List({ waiting, kind }: { waiting: readonly ApprovalItem[]; kind: ApprovalKind | undefined }) {
  const { outcomes, decide, forget } = useDecide()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [refusing, setRefusing] = useState<readonly Deciding[] | null>(null)
  const list = useRowKeys<HTMLUListElement>()
  const all = withDecided(waiting, outcomes)
  const items = kind ? all.filter(item => item.kind === kind) : all

  /** Those that can be decided here now. */
  const open = items.filter(item => item.decisions.length > 0 && !outcomes.has(keyOf(item)))
  const selected = open.filter(item => chosen.has(keyOf(item)))
  /** What a key is about: those that are selected, else the one that has the focus. */
  const meant = () => (selected.length > 0 ? selected : open.filter(item => keyOf(item) === focusedKey()))

  const toggle = (item: ApprovalItem) =>
    setChosen(before => {
      const after = new Set(before)
      if (!after.delete(keyOf(item))) after.add(keyOf(item))
      return after
    })
  function accept(some: readonly ApprovalItem[]) {
    const deciding = pick(some, yesOf)
    if (deciding.length === 0) return
    keepFocus()
    setChosen(new Set())
    void decide(deciding)
  }
  function refuse(some: readonly ApprovalItem[]) {
    const deciding = pick(some, noOf)
    if (deciding.length === 0) return
    keepFocus()
    setRefusing(deciding)
  }
  useShortcut('x', () => {
    const item = open.find(one => keyOf(one) === focusedKey())
    if (item) toggle(item)
  })
  useShortcut('a', () => accept(meant()))
  useShortcut('r', () => refuse(meant()))

  if (all.length === 0)
    return (
      <Empty icon={CircleCheckBig} title="Nothing waits on you">
        Goals, initiatives, extensions and reviews that ask for your decision arrive here the moment they are
        sent.
      </Empty>
    )
  return (
    <div className="pb-24 max-sm:pb-36">
      <KindChips items={all.filter(item => !outcomes.has(keyOf(item)))} kind={kind} />
      <ul ref={list} aria-label="Waiting on you" className="divide-y divide-line border-y border-line">
        {items.map(item => (
          <ApprovalRow
            key={keyOf(item)}
            item={item}
            outcome={outcomes.get(keyOf(item))}
            isSelected={selected.includes(item)}
            onSelect={() => toggle(item)}
            onDecide={decision => {
              if (decision === yesOf(item)) accept([item])
              else refuse([item])
            }}
            onRetry={() => forget(item)}
          />
        ))}
      </ul>
      <KeyHints />
      {selected.length > 0 && (
        <BulkBar
          selected={selected}
          total={open.length}
          onYes={() => accept(selected)}
          onNo={() => refuse(selected)}
          onAll={() => setChosen(new Set(open.map(keyOf)))}
          onNone={() => setChosen(new Set())}
        />
      )}
      {refusing && (
        <RefuseDialog
          deciding={refusing}
          onConfirm={async reason => {
            setChosen(new Set())
            void decide(refusing, reason)
          }}
          onClose={() => setRefusing(null)}
        />
      )}
    </div>
  )
}

const pick = (items: readonly ApprovalItem[], of: (item: ApprovalItem) => Decision | undefined): Deciding[] =>
  items.flatMap(item => {
    const decision = of(item)
    return decision ? [{ item, decision }] : []
  })

/** Which row holds the focus. */
const focusedKey = () => document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset.key

/** The button or box that is used goes with the question: the focus stays in its row. */
function keepFocus() {
  const row = document.activeElement?.closest('[data-key]')
  row?.querySelector<HTMLElement>('[data-row]')?.focus({ preventScroll: true })
}

interface RefuseProps {
  deciding: readonly Deciding[]
  onConfirm: (reason: string) => Promise<unknown>
  onClose: () => void
}

/** One reason for all of them: each of those concerned reads it. */
function RefuseDialog({ deciding, ...rest }: RefuseProps) {
  const verbs = verbsOf(deciding.map(one => one.decision))
  const [only] = deciding
  const isOne = deciding.length === 1
  const who = only?.item.requested_by?.name ?? 'Whoever asked'
  return (
    <ReasonDialog
      {...rest}
      title={isOne ? `${verbs} “${only?.item.title}”?` : `${verbs} ${counted(deciding.length, 'request')}?`}
      description={isOne ? `${who} will read the reason.` : 'Everybody concerned will read this one reason.'}
      confirm={isOne ? verbs : `${verbs} ${deciding.length}`}
      placeholder="What should change?"
    />
  )
}
