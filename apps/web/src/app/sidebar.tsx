/** Navigation on wide screens, with the signed-in person at its end. */
import { useUnreadCount } from '@pms/react'
import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import {
  ChevronsUpDown,
  CircleCheckBig,
  ClipboardCheck,
  ContactRound,
  House,
  Inbox,
  KeyRound,
  type LucideIcon,
  Megaphone,
  Rocket,
  ScrollText,
  Target,
  UsersRound,
} from 'lucide-react'
import { useMe } from '../api/browser-session.ts'
import { waitingCountQuery } from '../features/announcements/queries.ts'
import { approvalCountQuery } from '../features/approvals/queries.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Logo } from '../ui/logo.tsx'
import { PersonMenu } from './person-menu.tsx'

export function Sidebar() {
  const me = useMe()
  const unread = useUnreadCount()
  const approvals = useQuery(approvalCountQuery).data ?? 0
  const announcements = useQuery(waitingCountQuery).data ?? 0
  return (
    <nav
      aria-label="Main"
      className="sticky top-0 hidden h-dvh flex-col border-r border-line bg-sunken px-2.5 pb-2.5 sm:flex"
    >
      <Link to="/" className="flex h-14 items-center gap-2.5 self-start rounded-md px-2 font-semibold">
        <Logo className="size-6" />
        PMS
      </Link>
      <div className="mt-1 flex-1 space-y-0.5">
        <Item to="/" icon={House} name="Home" />
        <Item to="/inbox" icon={Inbox} name="Inbox" waiting={unread} what="unread" />
        <Item to="/approvals" icon={CircleCheckBig} name="Approvals" waiting={approvals} />
        <Item to="/goals" icon={Target} name="Goals" />
        <Item to="/initiatives" icon={Rocket} name="Initiatives" />
        <Item to="/reviews" icon={ClipboardCheck} name="Reviews" />
        <Item to="/announcements" icon={Megaphone} name="Announcements" waiting={announcements} />
        {me.has_team && <Item to="/team" icon={UsersRound} name="Team" />}
        <Item to="/people" icon={ContactRound} name="People" />
        {me.permissions.includes('audit.read') && <Item to="/audit" icon={ScrollText} name="Audit log" />}
        {me.permissions.includes('keys.manage') && <Item to="/api-keys" icon={KeyRound} name="API keys" />}
      </div>
      <PersonMenu
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
  to: LinkProps['to']
  icon: LucideIcon
  name: string
  /** How many things there wait on the signed-in person. */
  waiting?: number
  what?: string
}

const Item = ({ to, icon: Icon, name, waiting = 0, what = 'waiting on you' }: ItemProps) => (
  <Link
    to={to}
    activeOptions={{ exact: to === '/', includeSearch: false }}
    className="flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted transition-colors hover:bg-pressed hover:text-ink data-[status=active]:bg-pressed data-[status=active]:text-ink touch:h-11"
  >
    <Icon aria-hidden="true" className="size-4" />
    {name}
    {waiting > 0 && (
      <span className="ml-auto text-xs text-muted tabular-nums">
        {waiting}
        <span className="sr-only"> {what}</span>
      </span>
    )}
  </Link>
)
