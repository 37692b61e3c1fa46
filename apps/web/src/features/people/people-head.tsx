/** The head of the pages that show who there is: a list, a chart, and the units. */
import { Link } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { ListHead } from '../../ui/list-page.tsx'
import { Tabs } from '../../ui/tabs.tsx'

interface Props {
  current: 'people' | 'chart' | 'units'
  filters?: ReactNode
  /** Instead of adding a person. */
  action?: ReactNode
}

export function PeopleHead({ current, filters, action }: Props) {
  const me = useMe()
  const keepsAccounts = me.permissions.includes('users.manage')
  return (
    <ListHead
      title="People"
      actions={action ?? (keepsAccounts && <AddPerson />)}
      tabs={
        <Tabs
          label="Views of people"
          tabs={[
            { to: '/people', label: 'Directory', current: current === 'people' },
            { to: '/people/chart', label: 'Chart', current: current === 'chart' },
            { to: '/people/units', label: 'Units', current: current === 'units' },
          ]}
        />
      }
      filters={filters}
    />
  )
}

const AddPerson = () => (
  <Link
    to="/people/new"
    aria-label="Add a person"
    className={buttonClass('primary', 'max-sm:size-11 max-sm:px-0!')}
  >
    <UserPlus aria-hidden="true" className="size-4" />
    <span className="max-sm:hidden">Add a person</span>
  </Link>
)
