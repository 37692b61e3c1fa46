/** Navigation on phones, within reach of a thumb. */
import { Link, useLocation } from '@tanstack/react-router'
import { useMe } from '../api/browser-session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { PersonMenuButton } from './person-menu-button.tsx'
import { type Place, usePlaces, useWaiting } from './places.ts'

const ITEM =
  'flex h-14 flex-col items-center justify-center gap-0.5 text-[11px] font-medium text-muted aria-[current=page]:text-accent-text focus-visible:-outline-offset-4'

export function BottomBar() {
  const me = useMe()
  const places = usePlaces().filter(({ inBar }) => inBar)
  const waiting = useWaiting()
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {places.map(place => (
        <Item key={place.to} place={place} {...waiting(place.to)} />
      ))}
      <PersonMenuButton
        side="top"
        trigger={
          <button type="button" className={ITEM}>
            <Avatar name={me.name} size="sm" />
            You
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

function Item({ place: { to, icon: Icon, name }, count, what }: ItemProps) {
  const { pathname } = useLocation()
  return (
    <Link
      to={to}
      // The router marks a link as current only where this does too.
      activeOptions={{ exact: true }}
      className={ITEM}
      aria-current={(to === '/' ? pathname === to : pathname.startsWith(String(to))) ? 'page' : undefined}
    >
      <span className="relative">
        <Icon aria-hidden="true" className="size-5" />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute -top-1.5 left-3 min-w-4 rounded-full bg-accent px-1 text-center text-[10px] leading-4 text-on-accent tabular-nums"
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </span>
      <span className="relative">
        {name}
        {count > 0 && (
          <span className="sr-only">
            {' '}
            {count} {what}
          </span>
        )}
      </span>
    </Link>
  )
}
