/** A goal for somebody below oneself, who is asked to accept it. */
import { Link, useNavigate } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { FormFrame } from '../../ui/form-frame.tsx'
import { Empty } from '../../ui/messages.tsx'
import { firstName } from '../../ui/names.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { useCreateGoal } from './actions.ts'
import { detailsOf, emptyDraft } from './draft.ts'
import { GoalForm } from './goal-form.tsx'
import { BACK } from './goal-frame.tsx'
import { WhoseGoal } from './whose-goal.tsx'

export function AssignGoalPage() {
  const me = useMe()
  const today = useToday()
  const navigate = useNavigate()
  const create = useCreateGoal()
  const [draft, change, forget] = useDraft(`goal-draft:${me.id}:assign`, emptyDraft(today))

  async function submit() {
    if (!draft.assignee) return
    const goal = await create.mutateAsync({
      assign: true,
      ...detailsOf(draft),
      type: 'INDIVIDUAL',
      assigned_to_user_id: draft.assignee.id,
    })
    forget()
    await navigate({ to: '/goals/$goalId', params: { goalId: goal.id } })
  }

  if (!me.has_team)
    return (
      <>
        <BackLink {...BACK} />
        <FormFrame title="Assign a goal" lead="">
          <Empty
            icon={Users}
            title="Nobody reports to you"
            action={
              <Link to="/goals/new" className={buttonClass('primary')}>
                New goal for yourself
              </Link>
            }
          >
            Goals can be assigned to people below you in the organisation.
          </Empty>
        </FormFrame>
      </>
    )

  return (
    <>
      <BackLink {...BACK} />
      <FormFrame
        title="Assign a goal"
        lead={
          draft.assignee
            ? `${firstName(draft.assignee.name)} is asked to accept or decline it.`
            : 'Whoever it is for is asked to accept or decline it.'
        }
        aside={<WhoseGoal current="team" />}
      >
        <GoalForm
          draft={draft}
          onChange={change}
          onSubmit={() => void submit().catch(() => {})}
          today={today}
          error={create.error}
          withAssignee
        >
          <Link to="/goals" className={buttonClass('secondary')}>
            Cancel
          </Link>
          <Button type="submit" variant="primary" busy={create.isPending}>
            Assign goal
          </Button>
        </GoalForm>
      </FormFrame>
    </>
  )
}
