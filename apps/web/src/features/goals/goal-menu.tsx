/** What else can be done with a goal: edit it, and the two ways in which it ends for good. */
import type { GoalDetail } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleX, MoreHorizontal, Pencil } from 'lucide-react'
import { useState } from 'react'
import { Button, buttonClass, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { can, type GoalDeed } from './actions.ts'

interface Props {
  goal: GoalDetail
  busy: boolean
  act: (deed: GoalDeed) => Promise<unknown>
  attempt: (deed: GoalDeed) => void
}

export function GoalMenu({ goal, busy, act, attempt }: Props) {
  const [asking, setAsking] = useState<'achieve' | 'discard' | null>(null)
  const achieves = can(goal, 'achieve')
  const discards = can(goal, 'discard')
  return (
    <div className="flex shrink-0 items-center gap-1.5">
      {can(goal, 'edit') && !can(goal, 'resubmit') && (
        <Link to="/goals/$goalId/edit" params={{ goalId: goal.id }} className={buttonClass('secondary')}>
          <Pencil aria-hidden="true" className="size-3.5" />
          Edit
        </Link>
      )}
      {(achieves || discards) && (
        <Menu
          align="end"
          trigger={
            <IconButton label="More actions">
              <MoreHorizontal aria-hidden="true" className="size-4" />
            </IconButton>
          }
        >
          {achieves && (
            <MenuItem onClick={() => setAsking('achieve')}>
              <CircleCheck aria-hidden="true" className="size-4 text-muted" />
              Mark as achieved…
            </MenuItem>
          )}
          {discards && (
            <MenuItem onClick={() => setAsking('discard')}>
              <CircleX aria-hidden="true" className="size-4 text-muted" />
              Discard…
            </MenuItem>
          )}
        </Menu>
      )}
      <Dialog
        open={asking === 'achieve'}
        onClose={() => setAsking(null)}
        title="Mark this goal as achieved?"
        description="It is closed for good after that: progress can no longer be changed."
      >
        <div className="mt-5 flex justify-end gap-2 max-sm:*:flex-1">
          <Button onClick={() => setAsking(null)}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            onClick={() => {
              attempt({ action: 'achieve' })
              setAsking(null)
            }}
          >
            Mark as achieved
          </Button>
        </div>
      </Dialog>
      {asking === 'discard' && (
        <ReasonDialog
          title="Discard this goal?"
          description={`It is closed for good after that. ${goal.owner.name} will read the reason.`}
          confirm="Discard goal"
          placeholder="Why is it no longer pursued?"
          onConfirm={reason => act({ action: 'discard', reason })}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  )
}
