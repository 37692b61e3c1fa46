/** A goal for somebody below oneself, or one for each of several: they are asked to accept it. */
import { Link, useNavigate } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import type { Candidate } from '../../shared/people.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { FormFrame } from '../../ui/form-frame.tsx'
import { Empty } from '../../ui/messages.tsx'
import { firstName } from '../../ui/names.ts'
import { useFocusAfter } from '../../ui/page.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useCreateGoal } from './actions.ts'
import { detailsOf, emptyDraft } from './draft.ts'
import { GoalForm } from './goal-form.tsx'
import { BACK } from './goal-frame.tsx'
import { HandedOut } from './handed-out.tsx'
import { useHandingOut } from './use-handing-out.ts'
import { WhoseGoal } from './whose-goal.tsx'

export function AssignGoalPage() {
  const me = useMe()
  const today = useToday()
  const navigate = useNavigate()
  const create = useCreateGoal()
  const [draft, change, forget] = useDraft(`goal-draft:${me.id}:assign`, emptyDraft(today))

  const out = useHandingOut()
  const details = { ...detailsOf(draft), type: 'INDIVIDUAL' } as const
  const [first, ...others] = draft.assignees
  useFocusAfter(out.shares.length === 0)

  async function submit() {
    if (!first) return
    if (others.length > 0) return keep(await out.start(details, draft.assignees))
    const goal = await create.mutateAsync({ assign: true, ...details, assigned_to_user_id: first.id })
    forget()
    await navigate({ to: '/goals/$goalId', params: { goalId: goal.id } })
  }

  /** The draft goes on for those who have not got it. */
  function keep(missing: readonly Candidate[]) {
    if (missing.length === 0) forget()
    else change({ assignees: missing })
  }

  if (out.shares.length > 0)
    return (
      <>
        <BackLink {...BACK} />
        <HandedOut
          title={details.title}
          shares={out.shares}
          busy={out.busy}
          onAgain={() => void out.again(details).then(keep, () => {})}
          onChange={out.leave}
        />
      </>
    )

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
          first && others.length === 0
            ? `${firstName(first.name)} is asked to accept or decline it.`
            : 'Whoever it is for is asked to accept or decline it.'
        }
        aside={<WhoseGoal current="team" />}
      >
        <GoalForm
          draft={draft}
          onChange={change}
          onSubmit={() => void submit().catch(() => {})}
          today={today}
          error={others.length > 0 ? out.error : create.error}
          withAssignee
        >
          <Link to="/goals" className={buttonClass('secondary')}>
            Cancel
          </Link>
          <Button type="submit" variant="primary" busy={create.isPending}>
            {others.length > 0 ? `Assign to ${draft.assignees.length} people` : 'Assign goal'}
          </Button>
        </GoalForm>
      </FormFrame>
    </>
  )
}
