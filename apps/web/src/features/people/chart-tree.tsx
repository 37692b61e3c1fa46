/** The organisation as a tree: a unit opens and closes, a person's line opens their page. */
import { useNavigate } from '@tanstack/react-router'
import { Avatar } from '../../ui/avatar.tsx'
import { Tree } from '../../ui/tree.tsx'
import type { Branch } from './tree.ts'
import { awayWords, UNIT_LABELS } from './words.ts'

interface Props {
  lines: readonly Branch[]
  closed: ReadonlySet<string>
  onToggle: (id: string, open: boolean) => void
  today: string
}

const nameOf = ({ what }: Branch) => ('unit' in what ? what.unit.name : what.person.name)

export function ChartTree({ lines, closed, onToggle, today }: Props) {
  const navigate = useNavigate()

  function act({ id, what, children }: Branch) {
    if ('person' in what) void navigate({ to: '/people/$personId', params: { personId: what.person.id } })
    else if (children > 0) onToggle(id, closed.has(id))
  }

  return (
    <Tree
      label="Organisation"
      lines={lines.map(line => ({
        ...line,
        name: nameOf(line),
        isOpen: line.children > 0 ? !closed.has(line.id) : null,
      }))}
      onToggle={({ id }, open) => onToggle(id, open)}
      onAct={act}
    >
      {line => <Line line={line} today={today} />}
    </Tree>
  )
}

function Line({ line: { what }, today }: { line: Branch; today: string }) {
  if ('unit' in what)
    return (
      <>
        <span className="min-w-0 truncate font-medium">{what.unit.name}</span>
        <span className="shrink-0 text-subtle max-sm:sr-only">{UNIT_LABELS[what.unit.kind]}</span>
        {what.everybody > 0 && (
          <span className="ml-auto shrink-0 text-muted tabular-nums">
            {what.everybody}
            <span className="sr-only"> people</span>
          </span>
        )}
      </>
    )
  const away = awayWords(what.person, today)
  return (
    <>
      <Avatar name={what.person.name} />
      <span className="min-w-0 shrink-0 truncate max-sm:max-w-3/4">{what.person.name}</span>
      <span className="min-w-0 truncate text-muted">{what.person.job_title}</span>
      {away && <span className="ml-auto shrink-0 text-(--awaiting-text) max-lg:sr-only">{away}</span>}
    </>
  )
}
