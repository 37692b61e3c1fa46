/** Navigation on phones, within reach of a thumb. */
import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps, useLocation } from '@tanstack/react-router'
import { CircleCheckBig, ClipboardCheck, House, type LucideIcon, Rocket, Target } from 'lucide-react'
import { useMe } from '../api/browser-session.ts'
import { approvalCountQuery } from '../features/approvals/queries.ts'
import { Avatar } from '../ui/avatar.tsx'
import { PersonMenu } from './person-menu.tsx'

const ITEM =
  'flex h-14 flex-col items-center justify-center gap-0.5 text-[11px] font-medium text-muted aria-[current=page]:text-accent-text focus-visible:-outline-offset-4'

export function BottomBar() {
  const me = useMe()
  const approvals = useQuery(approvalCountQuery).data ?? 0
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <Item to="/" icon={House} name="Home" />
      <Item to="/approvals" icon={CircleCheckBig} name="Approvals" waiting={approvals} />
      <Item to="/goals" icon={Target} name="Goals" />
      <Item to="/initiatives" icon={Rocket} name="Initiatives" />
      <Item to="/reviews" icon={ClipboardCheck} name="Reviews" />
      <PersonMenu
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
  to: LinkProps['to']
  icon: LucideIcon
  name: string
  /** How many things there wait on the signed-in person. */
  waiting?: number
}

function Item({ to, icon: Icon, name, waiting = 0 }: ItemProps) {
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
        {waiting > 0 && (
          <span className="absolute -top-1.5 left-3 min-w-4 rounded-full bg-accent px-1 text-center text-[10px] leading-4 text-on-accent tabular-nums">
            {waiting > 99 ? '99+' : waiting}
          </span>
        )}
      </span>
      {name}
    </Link>
  )
}
