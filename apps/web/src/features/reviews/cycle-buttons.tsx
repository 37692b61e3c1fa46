/** What those who run a cycle do with it: prepare it, begin it, end it. */
import type { ReviewCycleDetail } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { CircleX, MoreHorizontal, Pencil, Play } from 'lucide-react'
import { useState } from 'react'
import { useToday } from '../../api/info.ts'
import { Button, buttonClass, IconButton } from '../../ui/button.tsx'
import { longDay } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { counted, listed } from '../../ui/words.ts'
import { type CycleDeed, canCycle } from './actions.ts'

interface Props {
  cycle: ReviewCycleDetail
  busy: boolean
  act: (deed: CycleDeed) => Promise<unknown>
  attempt: (deed: CycleDeed) => void
}

export function CycleButtons({ cycle, busy, act, attempt }: Props) {
  const today = useToday()
  const [asking, setAsking] = useState<'activate' | 'complete' | 'cancel' | null>(null)
  if (cycle.allowed_actions.length === 0) return null
  const lacking = lackingFor(cycle, today)
  const close = () => setAsking(null)
  const sure = (action: 'activate' | 'complete') => {
    attempt({ action })
    close()
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      {canCycle(cycle, 'activate') && (
        <Button
          variant="primary"
          busy={busy}
          disabled={lacking.length > 0}
          aria-describedby={lacking.length > 0 ? 'cycle-lacks' : undefined}
          onClick={() => setAsking('activate')}
        >
          <Play aria-hidden="true" className="size-3.5" />
          Activate…
        </Button>
      )}
      {canCycle(cycle, 'complete') && (
        <Button variant="primary" busy={busy} onClick={() => setAsking('complete')}>
          Complete…
        </Button>
      )}
      {canCycle(cycle, 'edit') && (
        <Link
          to="/reviews/cycles/$cycleId/edit"
          params={{ cycleId: cycle.id }}
          className={buttonClass('secondary')}
        >
          <Pencil aria-hidden="true" className="size-3.5" />
          Edit
        </Link>
      )}
      {canCycle(cycle, 'cancel') && (
        <Menu
          trigger={
            <IconButton label="More actions">
              <MoreHorizontal aria-hidden="true" className="size-4" />
            </IconButton>
          }
        >
          <MenuItem onClick={() => setAsking('cancel')}>
            <CircleX aria-hidden="true" className="size-4 text-muted" />
            Cancel this cycle…
          </MenuItem>
        </Menu>
      )}
      {canCycle(cycle, 'activate') && lacking.length > 0 && (
        <p id="cycle-lacks" className="w-full text-sm text-muted">
          Before it can begin it needs {listed(lacking)}.
        </p>
      )}

      <Dialog
        open={asking === 'activate'}
        onClose={close}
        title="Begin this review cycle?"
        description={`${counted(cycle.audience?.count ?? 0, 'person is', 'people are')} reviewed. Whoever is to write a review is told at once, and has until ${longDay(cycle.deadline)}. Questions, people and peers can no longer be changed.`}
      >
        <DialogButtons onClose={close} confirm="Activate" onConfirm={() => sure('activate')} />
      </Dialog>
      <Dialog
        open={asking === 'complete'}
        onClose={close}
        title="Complete this review cycle?"
        description="Reviews that are not submitted are closed, and those reviewed can read their results. This cannot be undone."
      >
        <DialogButtons onClose={close} confirm="Complete" onConfirm={() => sure('complete')} />
      </Dialog>
      {asking === 'cancel' && (
        <ReasonDialog
          title="Cancel this review cycle?"
          description="It ends without results. Those who take part read the reason. This cannot be undone."
          confirm="Cancel cycle"
          placeholder="Why does it end here?"
          onConfirm={reason => act({ action: 'cancel', reason })}
          onClose={close}
        />
      )}
    </div>
  )
}

/** What a draft needs before anybody can be asked anything. */
function lackingFor(cycle: ReviewCycleDetail, today: string): string[] {
  return [
    ...(cycle.traits.length === 0 ? ['questions'] : []),
    ...(cycle.audience?.count === 0 ? ['somebody to be reviewed'] : []),
    ...(cycle.deadline < today ? ['a deadline that has not passed'] : []),
  ]
}

const DialogButtons = (props: { onClose: () => void; confirm: string; onConfirm: () => void }) => (
  <div className="mt-5 flex justify-end gap-2 max-sm:*:flex-1">
    <Button onClick={props.onClose}>Not yet</Button>
    <Button variant="primary" onClick={props.onConfirm}>
      {props.confirm}
    </Button>
  </div>
)
