/** What the signed-in person can set for themselves, and the way out. */
import { Link } from '@tanstack/react-router'
import { AppWindow, Keyboard, LogOut, Monitor, Moon, Sun, Volume2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { session, useMe } from '../api/browser-session.ts'
import { useDesktop, useSound } from '../features/notifications/notifications.tsx'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuLine, MenuSwitch } from '../ui/menu.tsx'
import { type Appearance, setAppearance, useAppearance } from '../ui/theme.ts'
import { openKeyHelp } from './help.ts'
import { OWN_PLACES, type Place, usePlaces } from './places.ts'

const ICON = 'size-4 text-muted'
const APPEARANCES: readonly { value: Appearance; label: string; icon: ReactElement }[] = [
  { value: 'light', label: 'Light', icon: <Sun aria-hidden="true" className={ICON} /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden="true" className={ICON} /> },
  { value: 'system', label: 'As the system', icon: <Monitor aria-hidden="true" className={ICON} /> },
]

interface Props {
  trigger: ReactElement<Record<string, unknown>>
  side: 'top' | 'bottom'
  /** It was asked for before it was there. */
  startsOpen: boolean
}

export function PersonMenu({ trigger, side, startsOpen }: Props) {
  const me = useMe()
  // On a wide screen all of them are in the navigation.
  const places = usePlaces().filter(({ inBar }) => !inBar)
  const appearance = useAppearance()
  const sound = useSound()
  const desktop = useDesktop()
  const canTellDesktop = desktop.state !== 'unsupported' && desktop.state !== 'denied'
  return (
    <Menu trigger={trigger} side={side} align="start" startsOpen={startsOpen}>
      <div className="w-52">
        <p className="truncate px-2 pt-1.5 pb-1 text-xs text-muted">{me.email}</p>
        <MenuLine />
        {OWN_PLACES.map(place => (
          <PlaceItem key={place.to} place={place} />
        ))}
        <div className="sm:hidden">
          <MenuLine />
          {places.map(place => (
            <PlaceItem key={place.to} place={place} />
          ))}
        </div>
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
        <MenuItem onClick={openKeyHelp} className="touch:hidden">
          <Keyboard aria-hidden="true" className={ICON} />
          Keyboard shortcuts
        </MenuItem>
        <MenuItem onClick={() => void session.signOut()}>
          <LogOut aria-hidden="true" className={ICON} />
          Sign out
        </MenuItem>
      </div>
    </Menu>
  )
}

const PlaceItem = ({ place: { to, icon: Icon, name } }: { place: Place }) => (
  <MenuItem render={<Link to={to} />}>
    <Icon aria-hidden="true" className={ICON} />
    {name}
  </MenuItem>
)
