/** The head that the pages of the settings share. */
import { ListHead } from '../../ui/list-page.tsx'
import { Tabs } from '../../ui/tabs.tsx'

const PAGES = [
  { to: '/settings', label: 'Notifications' },
  { to: '/settings/appearance', label: 'Appearance' },
  { to: '/settings/sessions', label: 'Security' },
] as const

export const SettingsHead = ({ current }: { current: (typeof PAGES)[number]['label'] }) => (
  <ListHead
    title="Settings"
    tabs={
      <Tabs
        label="Settings"
        tabs={PAGES.map(({ to, label }) => ({ to, label, current: label === current }))}
      />
    }
  />
)
