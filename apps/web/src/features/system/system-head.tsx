/** The head that the pages of the installation share. */
import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { ListHead } from '../../ui/list-page.tsx'
import { Empty } from '../../ui/messages.tsx'
import { Tabs } from '../../ui/tabs.tsx'

export const SystemHead = ({ current }: { current: 'servers' | 'notifications' }) => (
  <ListHead
    title="System"
    tabs={
      <Tabs
        label="Parts of the system"
        tabs={[
          { to: '/system', label: 'Servers', current: current === 'servers' },
          { to: '/system/notifications', label: 'Notifications', current: current === 'notifications' },
        ]}
      />
    }
  />
)

export function ForObservers({ children }: { children: ReactNode }) {
  const me = useMe()
  if (me.permissions.includes('system.observe')) return children
  return (
    <Empty icon={Lock} title="The system is looked after by admins">
      Ask one of them if something here does not work as it should.
    </Empty>
  )
}
