/** A new initiative: proposed for oneself or a group one is part of, or given to people below. */
import { Link, useNavigate } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { FormFrame } from '../../ui/form-frame.tsx'
import { Empty } from '../../ui/messages.tsx'
import { firstName } from '../../ui/names.ts'
import { Segments } from '../../ui/segments.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { type NewInitiative, useCreateInitiative } from './actions.ts'
import { assignmentOf, emptyDraft, type InitiativeDraft, proposalOf } from './draft.ts'
import { InitiativeForm } from './initiative-form.tsx'
import { BACK } from './initiative-frame.tsx'

export function ProposeInitiativePage() {
  const me = useMe()
  return (
    <NewPage
      assigns={false}
      title="New initiative"
      lead={() =>
        me.supervisor ? `${me.supervisor.name} is asked to approve it.` : 'It is sent for approval.'
      }
      initial={emptyDraft([{ id: me.id, name: me.name, job_title: me.job_title }])}
      toBody={draft => ({ assign: false, ...proposalOf(draft) })}
      confirm="Send for approval"
    />
  )
}

export function AssignInitiativePage() {
  const me = useMe()
  if (!me.has_team) return <NoTeam />
  return (
    <NewPage
      assigns
      title="Assign an initiative"
      lead={({ people: [person], type }) =>
        type === 'INDIVIDUAL' && person
          ? `${firstName(person.name)} can start at once.`
          : 'Whoever it is for can start at once.'
      }
      initial={emptyDraft()}
      toBody={draft => ({ assign: true, ...assignmentOf(draft) })}
      confirm="Assign initiative"
    />
  )
}

interface Props {
  assigns: boolean
  title: string
  lead: (draft: InitiativeDraft) => string
  initial: InitiativeDraft
  toBody: (draft: InitiativeDraft) => NewInitiative
  confirm: string
}

function NewPage({ assigns, title, lead, initial, toBody, confirm }: Props) {
  const me = useMe()
  const today = useToday()
  const navigate = useNavigate()
  const create = useCreateInitiative()
  const kind = assigns ? 'assign' : 'new'
  const [draft, change, forget] = useDraft(`initiative-draft:${me.id}:${kind}`, initial)

  async function submit() {
    const { id } = await create.mutateAsync(toBody(draft))
    forget()
    await navigate({ to: '/initiatives/$initiativeId', params: { initiativeId: id } })
  }

  return (
    <>
      <BackLink {...BACK} />
      <FormFrame
        title={title}
        lead={lead(draft)}
        aside={
          me.has_team && (
            <Segments
              label="Whose initiative"
              items={[
                { to: '/initiatives/new', label: 'For me', current: !assigns },
                { to: '/initiatives/assign', label: 'For my team', current: assigns },
              ]}
            />
          )
        }
      >
        <InitiativeForm
          draft={draft}
          onChange={change}
          onSubmit={() => void submit().catch(() => {})}
          today={today}
          error={create.error}
          assigns={assigns}
          withType
        >
          <Link to="/initiatives" className={buttonClass('secondary')}>
            Cancel
          </Link>
          <Button type="submit" variant="primary" busy={create.isPending}>
            {confirm}
          </Button>
        </InitiativeForm>
      </FormFrame>
    </>
  )
}

const NoTeam = () => (
  <>
    <BackLink {...BACK} />
    <FormFrame title="Assign an initiative" lead="">
      <Empty
        icon={Users}
        title="Nobody reports to you"
        action={
          <Link to="/initiatives/new" className={buttonClass('primary')}>
            New initiative for yourself
          </Link>
        }
      >
        Initiatives can be assigned to people below you in the organisation.
      </Empty>
    </FormFrame>
  </>
)
