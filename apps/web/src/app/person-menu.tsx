/** What the signed-in person can set for themselves, and the way out. */
import { Link, type LinkProps } from '@tanstack/react-router'
import {
  AppWindow,
  ContactRound,
  KeyRound,
  LogOut,
  type LucideIcon,
  Megaphone,
  Monitor,
  Moon,
  ScrollText,
  Settings,
  Sun,
  UserRound,
  UsersRound,
  Volume2,
} from 'lucide-react'
import type { ReactElement } from 'react'
import { session, useMe } from '../api/browser-session.ts'
import { useDesktop, useSound } from '../features/notifications/notifications.tsx'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuLine, MenuSwitch } from '../ui/menu.tsx'
import { type Appearance, setAppearance, useAppearance } from '../ui/theme.ts'

const ICON = 'size-4 text-muted'
const APPEARANCES: readonly { value: Appearance; label: string; icon: ReactElement }[] = [
  { value: 'light', label: 'Light', icon: <Sun aria-hidden="true" className={ICON} /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden="true" className={ICON} /> },
  { value: 'system', label: 'As the system', icon: <Monitor aria-hidden="true" className={ICON} /> },
]

interface Props {
  trigger: ReactElement<Record<string, unknown>>
  side: 'top' | 'bottom'
}

export function PersonMenu({ trigger, side }: Props) {
  const me = useMe()
  const appearance = useAppearance()
  const sound = useSound()
  const desktop = useDesktop()
  const canTellDesktop = desktop.state !== 'unsupported' && desktop.state !== 'denied'
  return (
    <Menu trigger={trigger} side={side} align="start">
      <div className="w-52">
        <p className="truncate px-2 pt-1.5 pb-1 text-xs text-muted">{me.email}</p>
        <MenuLine />
        <Place to="/profile" icon={UserRound} name="Profile" />
        {me.has_team && <Place to="/team" icon={UsersRound} name="Team" phoneOnly />}
        <Place to="/people" icon={ContactRound} name="People" phoneOnly />
        <Place to="/announcements" icon={Megaphone} name="Announcements" phoneOnly />
        {me.permissions.includes('audit.read') && (
          <Place to="/audit" icon={ScrollText} name="Audit log" phoneOnly />
        )}
        {me.permissions.includes('keys.manage') && (
          <Place to="/api-keys" icon={KeyRound} name="API keys" phoneOnly />
        )}
        <Place to="/settings" icon={Settings} name="Settings" />
        <MenuLine />
        <MenuHeading>Appearance</MenuHeading>
        <MenuChoice
          label="Appearance"
          value={appearance}
          options={APPEARANCES}
          onChange={setAppearance}
          stay
        />
        <MenuLine />
        <MenuSwitch checked={!sound.muted} onChange={on => sound.setMuted(!on)}>
          <Volume2 aria-hidden="true" className={ICON} />
          Sound
        </MenuSwitch>
        {canTellDesktop && (
          <MenuSwitch checked={desktop.state === 'on'} onChange={desktop.setOn}>
            <AppWindow aria-hidden="true" className={ICON} />
            Desktop
          </MenuSwitch>
        )}
        <MenuLine />
        <MenuItem onClick={() => void session.signOut()}>
          <LogOut aria-hidden="true" className={ICON} />
          Sign out
        </MenuItem>
      </div>
    </Menu>
  )
}

interface PlaceProps {
  to: LinkProps['to']
  icon: LucideIcon
  name: string
  /** Elsewhere it is in the navigation. */
  phoneOnly?: boolean
}

const Place = ({ to, icon: Icon, name, phoneOnly = false }: PlaceProps) => (
  <MenuItem render={<Link to={to} />} className={phoneOnly ? 'sm:hidden' : ''}>
    <Icon aria-hidden="true" className={ICON} />
    {name}
  </MenuItem>
)
