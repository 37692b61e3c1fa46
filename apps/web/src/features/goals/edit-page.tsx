/** A goal being changed; one that came back is sent again from here, in one go. */
import type { GoalDetail } from '@pms/contract'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { FormFrame } from '../../ui/form-frame.tsx'
import { Empty } from '../../ui/messages.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { can, useGoalDeed } from './actions.ts'
import { changesTo, draftOf } from './draft.ts'
import { FrozenNotice } from './frozen.tsx'
import { GoalForm } from './goal-form.tsx'
import { GoalFrame } from './goal-frame.tsx'
import { useGoal } from './use-goal.ts'
import { STATUS_LABELS } from './words.ts'

const route = getRouteApi('/app/goals/$goalId/edit')

export function EditGoalPage() {
  const { goalId } = route.useParams()
  const { goal: found, partial, error, retry } = useGoal(goalId)
  return (
    <GoalFrame goal={partial ? undefined : found} error={error} retry={retry}>
      {goal =>
        can(goal, 'edit') || can(goal, 'resubmit') ? (
          <Edit key={goalId} goal={goal} />
        ) : (
          <Locked goal={goal} />
        )
      }
    </GoalFrame>
  )
}

function Edit({ goal }: { goal: GoalDetail }) {
  const me = useMe()
  const today = useToday()
  const navigate = useNavigate()
  const deed = useGoalDeed(goal.id)
  const [draft, change, forget] = useDraft(`goal-draft:${me.id}:${goal.id}:${goal.revision}`, draftOf(goal))
  const again = can(goal, 'resubmit')
  const changes = changesTo(goal, draft)
  const here = { to: '/goals/$goalId', params: { goalId: goal.id } } as const

  async function save(resubmit: boolean) {
    if (resubmit) await deed.mutateAsync({ action: 'resubmit', changes })
    else if (changes) await deed.mutateAsync({ action: 'edit', changes })
    forget()
    await navigate(here)
  }

  return (
    <FormFrame
      title={again ? 'Edit and send again' : 'Edit goal'}
      lead={
        again
          ? 'Whoever sent it back is asked once more when you send it.'
          : 'Whoever decides on it sees the change.'
      }
    >
      {again && goal.reason && (
        <blockquote className="mb-6 rounded-lg bg-returned-soft px-4 py-3 text-sm break-words">
          <span className="font-medium text-returned-text">{STATUS_LABELS[goal.status]}: </span>
          {goal.reason}
        </blockquote>
      )}
      <GoalForm
        draft={draft}
        onChange={change}
        onSubmit={() => void save(again).catch(() => {})}
        today={today}
        error={deed.error}
      >
        <Link {...here} className={buttonClass('secondary')}>
          Cancel
        </Link>
        {again && can(goal, 'edit') && changes && (
          <Button busy={deed.isPending} onClick={() => void save(false).catch(() => {})}>
            Save, send later
          </Button>
        )}
        <Button type="submit" variant="primary" busy={deed.isPending}>
          {again ? 'Send again' : 'Save changes'}
        </Button>
      </GoalForm>
    </FormFrame>
  )
}

const Locked = ({ goal }: { goal: GoalDetail }) => (
  <>
    <FrozenNotice
      of={goal}
      waits="Nothing of it is edited until it is unfrozen."
      className="mx-auto mt-8 max-w-[592px]"
    />
    <Empty
      icon={Lock}
      title="This goal cannot be edited"
      action={
        <Link to="/goals/$goalId" params={{ goalId: goal.id }} className={buttonClass('secondary')}>
          Open goal
        </Link>
      }
    >
      It is {STATUS_LABELS[goal.status].toLowerCase()}, or somebody else wrote it.
    </Empty>
  </>
)
