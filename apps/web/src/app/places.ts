/** Where one can go: what the navigation shows, and the keys that lead there. One list for all of them. */
import { useUnreadCount } from '@pms/react'
import { useQuery } from '@tanstack/react-query'
import type { LinkProps } from '@tanstack/react-router'
import {
  Activity,
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
  Settings,
  Target,
  UserRound,
  UsersRound,
} from 'lucide-react'
import { useMe } from '../api/browser-session.ts'
import { waitingCountQuery } from '../features/announcements/queries.ts'
import { approvalCountQuery } from '../features/approvals/queries.ts'

type Me = ReturnType<typeof useMe>

export interface Place {
  to: NonNullable<LinkProps['to']>
  name: string
  icon: LucideIcon
  /** The letter that leads there after a `g`. */
  key: string
  /** In the bar at the bottom of a phone, which has room for five; the others are in the menu of the person. */
  inBar?: true
  /** For whom it is; for everybody, where nothing is said. */
  isFor?: (me: Me) => boolean
}

const PLACES: readonly Place[] = [
  { to: '/', name: 'Home', icon: House, key: 'h', inBar: true },
  { to: '/inbox', name: 'Inbox', icon: Inbox, key: 'i', inBar: true },
  { to: '/approvals', name: 'Approvals', icon: CircleCheckBig, key: 'a', inBar: true },
  { to: '/goals', name: 'Goals', icon: Target, key: 'g', inBar: true },
  { to: '/initiatives', name: 'Initiatives', icon: Rocket, key: 'n', inBar: true },
  { to: '/reviews', name: 'Reviews', icon: ClipboardCheck, key: 'r' },
  { to: '/announcements', name: 'Announcements', icon: Megaphone, key: 'm' },
  { to: '/team', name: 'Team', icon: UsersRound, key: 't', isFor: me => me.has_team },
  { to: '/people', name: 'People', icon: ContactRound, key: 'p' },
  {
    to: '/audit',
    name: 'Audit log',
    icon: ScrollText,
    key: 'l',
    isFor: me => me.permissions.includes('audit.read'),
  },
  {
    to: '/api-keys',
    name: 'API keys',
    icon: KeyRound,
    key: 'k',
    isFor: me => me.permissions.includes('keys.manage'),
  },
  {
    to: '/system',
    name: 'System',
    icon: Activity,
    key: 'y',
    isFor: me => me.permissions.includes('system.observe'),
  },
]

/** What everybody has for themselves: in the menu of the person everywhere. */
export const OWN_PLACES: readonly Place[] = [
  { to: '/profile', name: 'Profile', icon: UserRound, key: 'u' },
  { to: '/settings', name: 'Settings', icon: Settings, key: 's' },
]

/** The places of the signed-in person, in their order. */
export function usePlaces(): Place[] {
  const me = useMe()
  return PLACES.filter(({ isFor }) => isFor?.(me) ?? true)
}

interface Waiting {
  count: number
  /** What they are, for those who hear the number. */
  what: string
}

/** How many things wait on the signed-in person, by place. */
export function useWaiting(): (to: Place['to']) => Waiting {
  const unread = useUnreadCount()
  const approvals = useQuery(approvalCountQuery).data ?? 0
  const announcements = useQuery(waitingCountQuery).data ?? 0
  return to => {
    if (to === '/inbox') return { count: unread, what: 'unread' }
    const count = to === '/approvals' ? approvals : to === '/announcements' ? announcements : 0
    return { count, what: 'waiting on you' }
  }
}
