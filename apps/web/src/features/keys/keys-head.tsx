/** The head that the pages of other systems share. */
import type { ReactNode } from 'react'
import { ListHead } from '../../ui/list-page.tsx'
import { Tabs } from '../../ui/tabs.tsx'

interface Props {
  current: 'keys' | 'types'
  actions?: ReactNode
}

export const KeysHead = ({ current, actions }: Props) => (
  <ListHead
    title="API keys"
    actions={actions}
    tabs={
      <Tabs
        label="Other systems"
        tabs={[
          { to: '/api-keys', label: 'Keys', current: current === 'keys' },
          { to: '/api-keys/types', label: 'Notification types', current: current === 'types' },
        ]}
      />
    }
  />
)
