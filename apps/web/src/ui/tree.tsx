/**
 * A tree to be walked by keys, as screen readers expect of one: up and down through what is shown, right opens or goes
 * in, left closes or goes out, Home and End, a letter goes to the next name with it, Enter does what a click does. What
 * a line shows, and what opens and closes, is its page's.
 */
import { ChevronRight } from 'lucide-react'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react'
import { cx } from './cx.ts'

export interface TreeLine {
  id: string
  parentId: string | null
  depth: number
  /** By what a letter finds it. */
  name: string
  /** Whether its insides are shown; null: it has none. */
  isOpen: boolean | null
  /** Where it stands among its neighbours, from 1, and how many they are. */
  place: number
  of: number
}

interface Props<L extends TreeLine> {
  label: string
  lines: readonly L[]
  onToggle: (line: L, open: boolean) => void
  /** A click on a line, Enter or Space. Links within a line, and the sign that opens it, are not clicks on it. */
  onAct: (line: L) => void
  /** Of each line, beside what all have. */
  className?: string
  children: (line: L) => ReactNode
}

export function Tree<L extends TreeLine>({ label, lines, onToggle, onAct, className, children }: Props<L>) {
  const tree = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState<string | null>(null)
  // One line at a time can be reached by Tab; the arrows do the rest.
  const current = lines.some(line => line.id === focused) ? focused : (lines[0]?.id ?? null)

  const at = useRef(0)
  useEffect(() => {
    const index = lines.findIndex(({ id }) => id === focused)
    if (index >= 0) at.current = index
    else if (focused !== null && document.activeElement === document.body)
      // What had the focus is gone, and took it along: what is in its place now gets it.
      tree.current
        ?.querySelectorAll<HTMLElement>('[data-line]')
        [Math.min(at.current, lines.length - 1)]?.focus()
  }, [lines, focused])

  function go(line: L | undefined) {
    if (!line) return
    setFocused(line.id)
    tree.current?.querySelector<HTMLElement>(`[data-line="${line.id}"]`)?.focus()
  }

  function onKeyDown(event: KeyboardEvent, line: L) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = lines.indexOf(line)
    const keys: Record<string, () => void> = {
      ArrowDown: () => go(lines[at + 1]),
      ArrowUp: () => go(lines[at - 1]),
      Home: () => go(lines[0]),
      End: () => go(lines.at(-1)),
      Enter: () => onAct(line),
      ' ': () => onAct(line),
      ArrowRight() {
        if (line.isOpen) go(lines.find(({ parentId }) => parentId === line.id))
        else if (line.isOpen === false) onToggle(line, true)
      },
      ArrowLeft() {
        if (line.isOpen) onToggle(line, false)
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

  function onClick({ target }: MouseEvent, line: L) {
    setFocused(line.id)
    if (!(target instanceof Element)) return
    if (target.closest('[data-toggle]')) onToggle(line, !line.isOpen)
    else if (!target.closest('a')) onAct(line)
  }

  /** The next line whose name begins so, from there on and round. */
  const named = (letter: string, from: number) =>
    [...lines.slice(from + 1), ...lines.slice(0, from + 1)].find(({ name }) =>
      name.toLowerCase().startsWith(letter.toLowerCase()),
    )

  return (
    <div ref={tree} role="tree" aria-label={label}>
      {lines.map(line => (
        <div
          key={line.id}
          role="treeitem"
          data-line={line.id}
          aria-level={line.depth + 1}
          aria-posinset={line.place}
          aria-setsize={line.of}
          {...(line.isOpen === null ? {} : { 'aria-expanded': line.isOpen })}
          aria-selected={line.id === focused}
          tabIndex={line.id === current ? 0 : -1}
          onClick={event => onClick(event, line)}
          onFocus={() => setFocused(line.id)}
          onKeyDown={event => onKeyDown(event, line)}
          style={{ '--depth': line.depth } as CSSProperties}
          className={cx(
            'flex min-h-9 cursor-pointer scroll-my-20 items-center gap-2.5 rounded-md py-1 pr-2 pl-[calc(8px+var(--depth)*14px)] text-sm transition-colors hover:bg-hover focus-visible:-outline-offset-2 sm:pl-[calc(8px+var(--depth)*24px)] touch:min-h-11',
            className,
          )}
        >
          <span
            {...(line.isOpen === null ? {} : { 'data-toggle': '' })}
            className="relative shrink-0 after:absolute after:-inset-1.5 touch:after:-inset-[15px]"
          >
            <ChevronRight
              aria-hidden="true"
              className={cx(
                'size-3.5 text-subtle transition-transform',
                line.isOpen && 'rotate-90',
                line.isOpen === null && 'invisible',
              )}
            />
          </span>
          {children(line)}
        </div>
      ))}
    </div>
  )
}
