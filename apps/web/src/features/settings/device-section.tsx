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
  waiting: 'While no tab of PMS is in front. The browser asks you once.',
  ask: 'While no tab of PMS is in front. The browser asks you once.',
  on: 'While no tab of PMS is in front.',
  off: 'While no tab of PMS is in front.',
}

export function DeviceSection({ sound, desktop }: DeviceControls) {
  const impossible = desktop.state === 'unsupported' || desktop.state === 'denied'
  return (
    <Section title="On this device">
      <SettingRows>
        <SettingRow name="Sound" hint="For notifications of high or urgent priority.">
          <Switch label="Sound" checked={!sound.muted} onChange={on => sound.setMuted(!on)} />
        </SettingRow>
        <SettingRow name="Desktop notifications" hint={DESKTOP_HINTS[desktop.state]}>
          <Switch
            label="Desktop notifications"
            checked={desktop.state === 'on'}
            onChange={desktop.setOn}
            disabled={impossible}
          />
        </SettingRow>
      </SettingRows>
    </Section>
  )
}
