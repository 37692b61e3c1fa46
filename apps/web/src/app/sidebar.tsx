/** Navigation on wide screens, with the signed-in person at its end. */
import { Link } from '@tanstack/react-router'
import { ChevronsUpDown } from 'lucide-react'
import { useMe } from '../api/browser-session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Logo } from '../ui/logo.tsx'
import { PersonMenuButton } from './person-menu-button.tsx'
import { type Place, usePlaces, useWaiting } from './places.ts'

export function Sidebar() {
  const me = useMe()
  const places = usePlaces()
  const waiting = useWaiting()
  return (
    <nav
      aria-label="Main"
      className="sticky top-0 hidden h-dvh flex-col border-r border-line bg-sunken px-2.5 pb-2.5 sm:flex"
    >
      <Link
        to="/"
        className="flex h-14 shrink-0 items-center gap-2.5 self-start rounded-md px-2 font-semibold"
      >
        <Logo className="size-6" />
        PMS
      </Link>
      {/* Scrolls where the window is low; with room for the ring of what has the focus. */}
      <div className="-mx-1 mt-1 min-h-0 flex-1 space-y-0.5 overflow-y-auto p-1 pt-0.5 [scrollbar-width:thin]">
        {places.map(place => (
          <Item key={place.to} place={place} {...waiting(place.to)} />
        ))}
      </div>
      <PersonMenuButton
        side="top"
        trigger={
          <button
            type="button"
            className="flex items-center gap-2.5 rounded-md p-2 text-left transition-colors hover:bg-pressed data-popup-open:bg-pressed"
          >
            <Avatar name={me.name} size="lg" />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium">{me.name}</span>
              <span className="block truncate text-xs text-muted">{me.job_title}</span>
            </span>
            <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-subtle" />
          </button>
        }
      />
    </nav>
  )
}

interface ItemProps {
  place: Place
  /** How many things there wait on the signed-in person. */
  count: number
  what: string
}

const Item = ({ place: { to, icon: Icon, name }, count, what }: ItemProps) => (
  <Link
    to={to}
    activeOptions={{ exact: to === '/', includeSearch: false }}
    className="flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted transition-colors hover:bg-pressed hover:text-ink data-[status=active]:bg-pressed data-[status=active]:text-ink touch:h-11"
  >
    <Icon aria-hidden="true" className="size-4" />
    {name}
    {count > 0 && (
      <span className="ml-auto text-xs text-muted tabular-nums">
        {count}
        <span className="sr-only"> {what}</span>
      </span>
    )}
  </Link>
)
