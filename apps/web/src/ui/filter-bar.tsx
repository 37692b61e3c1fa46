/** Narrowing a list: a search box and one menu for each property. What is chosen lives in the address of the page. */
import { ChevronDown, Search, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { cx } from './cx.ts'
import { Menu, MenuChoice } from './menu.tsx'

export const FilterBar = ({ children }: { children: ReactNode }) => (
  <search className="flex items-center gap-1.5 overflow-x-auto py-1.5 [scrollbar-width:none] max-sm:-mx-4 max-sm:px-4">
    {children}
  </search>
)

export const ClearFilters = ({ onClick }: { onClick: () => void }) => (
  <button
    type="button"
    onClick={onClick}
    className="flex h-7 shrink-0 items-center gap-1 rounded-md px-2 text-sm text-muted transition-colors hover:bg-hover hover:text-ink touch:h-11"
  >
    <X aria-hidden="true" className="size-3.5" />
    Clear
  </button>
)

interface FilterProps<T extends string> {
  name: string
  value: T | undefined
  options: readonly { value: T; label: string }[]
  onChange: (value: T | undefined) => void
}

export function Filter<T extends string>({ name, value, options, onChange }: FilterProps<T>) {
  const chosen = options.find(option => option.value === value)
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={cx(
            // Its hidden words are positioned: within it, so that they are cut off where it is.
            'relative flex h-7 shrink-0 items-center gap-1 rounded-md border px-2 text-sm transition-colors hover:bg-hover data-popup-open:bg-hover touch:h-11 touch:px-3',
            chosen ? 'border-line-strong font-medium text-ink' : 'border-line text-muted',
          )}
        >
          {chosen ? <span className="sr-only">{name}: </span> : null}
          {chosen?.label ?? name}
          <ChevronDown aria-hidden="true" className="size-3.5 text-subtle" />
        </button>
      }
    >
      <MenuChoice
        label={name}
        value={value ?? 'any'}
        options={[{ value: 'any' as const, label: `Any ${name.toLowerCase()}` }, ...options]}
        onChange={next => onChange(next === 'any' ? undefined : (next as T))}
      />
    </Menu>
  )
}

interface SearchProps {
  label: string
  text: string
  onChange: (text: string) => void
}

/** Searches when the typing pauses, not at every letter. */
export function SearchBox({ label, text, onChange }: SearchProps) {
  const [typed, setTyped] = useState(text)
  const [given, setGiven] = useState(text)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (given !== text) {
    setGiven(text)
    if (typed.trim() !== text) setTyped(text)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  return (
    <label className="relative flex w-40 shrink-0 items-center max-sm:grow">
      <span className="sr-only">{label}</span>
      <Search aria-hidden="true" className="pointer-events-none absolute left-2 size-3.5 text-subtle" />
      <input
        type="search"
        value={typed}
        maxLength={100}
        placeholder="Search"
        onChange={event => {
          const next = event.target.value
          setTyped(next)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => onChange(next.trim()), 250)
        }}
        className="h-7 w-full rounded-md border border-line bg-surface pr-2 pl-7 text-sm transition-colors hover:border-line-strong focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 touch:h-11 touch:text-lg [&::-webkit-search-cancel-button]:hidden"
      />
    </label>
  )
}
