/** What those who manage reviews do with one: have it written again, or by somebody else. */
import type { Review } from '@pms/contract'
import { MoreHorizontal, RotateCcw, UserPen } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { can } from './actions.ts'
import { ReassignDialog, ReopenDialog } from './review-dialogs.tsx'

/** @param name what it is called for those who do not see which row it is in */
export function ReviewMenu({ review, name = 'More actions' }: { review: Review; name?: string }) {
  const [asking, setAsking] = useState<'reopen' | 'reassign' | null>(null)
  const reopens = can(review, 'reopen')
  const reassigns = can(review, 'reassign')
  if (!reopens && !reassigns && asking === null) return null
  const close = () => setAsking(null)
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={name}>
            <MoreHorizontal aria-hidden="true" className="size-4" />
          </IconButton>
        }
      >
        {reopens && (
          <MenuItem onClick={() => setAsking('reopen')}>
            <RotateCcw aria-hidden="true" className="size-4 text-muted" />
            Reopen…
          </MenuItem>
        )}
        {reassigns && (
          <MenuItem onClick={() => setAsking('reassign')}>
            <UserPen aria-hidden="true" className="size-4 text-muted" />
            Reassign…
          </MenuItem>
        )}
      </Menu>
      {asking === 'reopen' && <ReopenDialog review={review} onClose={close} />}
      {asking === 'reassign' && <ReassignDialog review={review} onClose={close} />}
    </>
  )
}
