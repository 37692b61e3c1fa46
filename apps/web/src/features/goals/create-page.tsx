/** A new goal of one's own; with the permission, also one of the organisation. */
import { Link, useNavigate } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { FormFrame } from '../../ui/form-frame.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useCreateGoal } from './actions.ts'
import { bodyOf, emptyDraft } from './draft.ts'
import { GoalForm } from './goal-form.tsx'
import { BACK } from './goal-frame.tsx'
import { WhoseGoal } from './whose-goal.tsx'
import { TYPES } from './words.ts'

export function CreateGoalPage() {
  const me = useMe()
  const today = useToday()
  const navigate = useNavigate()
  const create = useCreateGoal()
  const [draft, change, forget] = useDraft(`goal-draft:${me.id}:new`, emptyDraft(today))
  const types = me.permissions.includes('goals.organisation') ? TYPES : (['INDIVIDUAL'] as const)

  async function submit() {
    const goal = await create.mutateAsync({ assign: false, ...bodyOf(draft) })
    forget()
    await navigate({ to: '/goals/$goalId', params: { goalId: goal.id } })
  }

  return (
    <>
      <BackLink {...BACK} />
      <FormFrame
        title="New goal"
        lead={
          draft.type !== 'INDIVIDUAL'
            ? 'Everybody sees it, and can make their own goals part of it.'
            : me.supervisor
              ? `${me.supervisor.name} is asked to approve it.`
              : 'It is sent for approval.'
        }
        aside={me.has_team && <WhoseGoal current="own" />}
      >
        <GoalForm
          draft={draft}
          onChange={change}
          onSubmit={() => void submit().catch(() => {})}
          today={today}
          error={create.error}
          types={types}
        >
          <Link to="/goals" className={buttonClass('secondary')}>
            Cancel
          </Link>
          <Button type="submit" variant="primary" busy={create.isPending}>
            {draft.type === 'INDIVIDUAL' ? 'Send for approval' : 'Create goal'}
          </Button>
        </GoalForm>
      </FormFrame>
    </>
  )
}
