/** What else can be done with an initiative: more time, other people. */
import type { InitiativeDetail } from '@pms/contract'
import { CalendarClock, MoreHorizontal, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { longDay } from '../../ui/dates.ts'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { can, type InitiativeDeed } from './actions.ts'
import { ExtensionDialog } from './extension-dialog.tsx'
import { ReassignDialog } from './reassign-dialog.tsx'

interface Props {
  initiative: InitiativeDetail
  today: string
  act: (deed: InitiativeDeed) => Promise<unknown>
}

export function InitiativeMenu({ initiative, today, act }: Props) {
  const [asking, setAsking] = useState<'time' | 'people' | null>(null)
  const asksTime = can(initiative, 'request_extension')
  const reassigns = can(initiative, 'reassign')
  if (!asksTime && !reassigns) return null
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label="More actions">
            <MoreHorizontal aria-hidden="true" className="size-4" />
          </IconButton>
        }
      >
        {asksTime && (
          <MenuItem onClick={() => setAsking('time')}>
            <CalendarClock aria-hidden="true" className="size-4 text-muted" />
            Ask for more time…
          </MenuItem>
        )}
        {reassigns && (
          <MenuItem onClick={() => setAsking('people')}>
            <UserPlus aria-hidden="true" className="size-4 text-muted" />
            Reassign…
          </MenuItem>
        )}
      </Menu>
      {asking === 'time' && (
        <ExtensionDialog
          title="Ask for more time"
          description={`It is due on ${longDay(initiative.due_date)}. Whoever reviews it decides.`}
          confirm="Ask for more time"
          due={initiative.due_date}
          today={today}
          withReason
          onConfirm={(new_due_date, reason) => act({ action: 'request_extension', new_due_date, reason })}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'people' && (
        <ReassignDialog
          initiative={initiative}
          onConfirm={body => act({ action: 'reassign', ...body })}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}
