/** Asks why a goal that was assigned is not taken on. */
import type { Goal } from '@pms/contract'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'

interface Props {
  goal: Goal
  onConfirm: (reason: string) => Promise<unknown>
  onClose: () => void
}

export const DeclineDialog = ({ goal, ...rest }: Props) => (
  <ReasonDialog
    {...rest}
    title="Decline this goal?"
    description={`${goal.assigned_by?.name ?? 'Whoever assigned it'} will read the reason.`}
    confirm="Decline goal"
    placeholder="Why can you not take this on?"
  />
)
