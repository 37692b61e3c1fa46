/**
 * A tree to be walked by keys, as screen readers expect of one: up and down through what is shown, right opens or goes
 * in, left closes or goes out, Home and End, a letter goes to the next name with it, Enter opens a person's page.
 */
import { useNavigate } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
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
  const tree = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState<string | null>(null)
  // One line at a time can be reached by Tab; the arrows do the rest.
  const current = lines.some(line => line.id === focused) ? focused : (lines[0]?.id ?? null)

  function go(line: Branch | undefined) {
    if (!line) return
    setFocused(line.id)
    tree.current?.querySelector<HTMLElement>(`[data-line="${line.id}"]`)?.focus()
  }

  function act(line: Branch) {
    if ('person' in line.what)
      void navigate({ to: '/people/$personId', params: { personId: line.what.person.id } })
    else if (line.children > 0) onToggle(line.id, closed.has(line.id))
  }

  function onKeyDown(event: KeyboardEvent, line: Branch) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = lines.indexOf(line)
    const isOpen = line.children > 0 && !closed.has(line.id)
    const keys: Record<string, () => void> = {
      ArrowDown: () => go(lines[at + 1]),
      ArrowUp: () => go(lines[at - 1]),
      Home: () => go(lines[0]),
      End: () => go(lines.at(-1)),
      Enter: () => act(line),
      ' ': () => act(line),
      ArrowRight() {
        if (isOpen) go(lines[at + 1])
        else if (line.children > 0) onToggle(line.id, true)
      },
      ArrowLeft() {
        if (isOpen) onToggle(line.id, false)
        else go(lines.find(({ id }) => id === line.parentId))
      },
    }
    const key = keys[event.key] ?? (/^\p{L}$/u.test(event.key) ? () => go(named(event.key, at)) : undefined)
    if (!key) return
    event.preventDefault()
    // Letters mean other things elsewhere on the page.
    event.stopPropagation()
    key()
  }

  /** The next line whose name begins so, from there on and round. */
  const named = (letter: string, from: number) =>
    [...lines.slice(from + 1), ...lines.slice(0, from + 1)].find(line =>
      nameOf(line).toLowerCase().startsWith(letter.toLowerCase()),
    )

  return (
    <div ref={tree} role="tree" aria-label="Organisation">
      {lines.map(line => {
        const hasInside = line.children > 0
        const isOpen = hasInside && !closed.has(line.id)
        return (
          <div
            key={line.id}
            role="treeitem"
            data-line={line.id}
            aria-level={line.depth + 1}
            aria-posinset={line.place}
            aria-setsize={line.of}
            {...(hasInside ? { 'aria-expanded': isOpen } : {})}
            aria-selected={line.id === focused}
            tabIndex={line.id === current ? 0 : -1}
            onClick={() => {
              setFocused(line.id)
              act(line)
            }}
            onFocus={() => setFocused(line.id)}
            onKeyDown={event => onKeyDown(event, line)}
            style={{ '--depth': line.depth } as CSSProperties}
            className="flex min-h-9 cursor-pointer scroll-my-20 items-center gap-2.5 rounded-md py-1 pr-2 pl-[calc(8px+var(--depth)*14px)] text-sm transition-colors hover:bg-hover focus-visible:-outline-offset-2 sm:pl-[calc(8px+var(--depth)*24px)] touch:min-h-11"
          >
            <ChevronRight
              aria-hidden="true"
              className={cx(
                'size-3.5 shrink-0 text-subtle transition-transform',
                isOpen && 'rotate-90',
                !hasInside && 'invisible',
              )}
            />
            <Line line={line} today={today} />
          </div>
        )
      })}
    </div>
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
