/** Sound and desktop on this device as a whole: the types below say which of them use it. */
import type { DesktopControl, SoundControl } from '@pms/react'
import { Switch } from '../../ui/switch.tsx'
import { Section, SettingRow, SettingRows } from './section.tsx'

export interface DeviceControls {
  sound: SoundControl
  desktop: DesktopControl
}

const DESKTOP_HINTS: Record<DesktopControl['state'], string> = {
  unsupported: 'This browser cannot show them.',
  denied: 'Blocked for this site. Allow notifications in the settings of your browser first.',
  waiting: 'While you look at none of the tabs. The browser asks you once.',
  ask: 'While you look at none of the tabs. The browser asks you once.',
  on: 'While you look at none of the tabs.',
  off: 'While you look at none of the tabs.',
}

export function DeviceSection({ sound, desktop }: DeviceControls) {
  const impossible = desktop.state === 'unsupported' || desktop.state === 'denied'
  return (
    <Section title="On this device">
      <SettingRows>
        <SettingRow name="Sound" hint="For what is high or urgent.">
          <Switch label="Sound" checked={!sound.muted} onChange={on => sound.setMuted(!on)} />
        </SettingRow>
        <SettingRow name="Notifications of the desktop" hint={DESKTOP_HINTS[desktop.state]}>
          <Switch
            label="Notifications of the desktop"
            checked={desktop.state === 'on'}
            onChange={desktop.setOn}
            disabled={impossible}
          />
        </SettingRow>
      </SettingRows>
    </Section>
  )
}
