/** A proposal that came back: changed and sent again, in one go. */
import type { InitiativeDetail } from '@pms/contract'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { FormFrame } from '../../ui/form-frame.tsx'
import { Empty } from '../../ui/messages.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { can, useInitiativeDeed } from './actions.ts'
import { changesTo, draftOf } from './draft.ts'
import { InitiativeForm } from './initiative-form.tsx'
import { InitiativeFrame } from './initiative-frame.tsx'
import { useInitiative } from './use-initiative.ts'
import { STATUS_LABELS } from './words.ts'

const route = getRouteApi('/app/initiatives/$initiativeId/edit')

export function EditInitiativePage() {
  const { initiativeId } = route.useParams()
  const { thing, partial, error, retry } = useInitiative(initiativeId)
  return (
    <InitiativeFrame initiative={partial ? undefined : thing} error={error} retry={retry}>
      {initiative =>
        can(initiative, 'resubmit') ? (
          <Edit key={initiativeId} initiative={initiative} />
        ) : (
          <Locked initiative={initiative} />
        )
      }
    </InitiativeFrame>
  )
}

function Edit({ initiative }: { initiative: InitiativeDetail }) {
  const me = useMe()
  const today = useToday()
  const navigate = useNavigate()
  const deed = useInitiativeDeed(initiative.id)
  const { id, revision } = initiative
  const [draft, change, forget] = useDraft(`initiative-draft:${me.id}:${id}:${revision}`, draftOf(initiative))
  const changes = changesTo(initiative, draft)
  const here = { to: '/initiatives/$initiativeId', params: { initiativeId: id } } as const

  async function save(again: boolean) {
    if (again) await deed.mutateAsync({ action: 'resubmit', changes })
    else if (changes) await deed.mutateAsync({ action: 'edit', changes })
    forget()
    await navigate(here)
  }

  return (
    <FormFrame title="Edit and send again" lead="Whoever sent it back is asked once more when you send it.">
      {initiative.reason && (
        <blockquote className="mb-6 rounded-lg bg-returned-soft px-4 py-3 text-sm break-words">
          <span className="font-medium text-returned-text">Rejected: </span>
          {initiative.reason}
        </blockquote>
      )}
      <InitiativeForm
        draft={draft}
        onChange={change}
        onSubmit={() => void save(true).catch(() => {})}
        today={today}
        error={deed.error}
      >
        <Link {...here} className={buttonClass('secondary')}>
          Cancel
        </Link>
        {can(initiative, 'edit') && changes && (
          <Button busy={deed.isPending} onClick={() => void save(false).catch(() => {})}>
            Save, send later
          </Button>
        )}
        <Button type="submit" variant="primary" busy={deed.isPending}>
          Send again
        </Button>
      </InitiativeForm>
    </FormFrame>
  )
}

const Locked = ({ initiative }: { initiative: InitiativeDetail }) => (
  <Empty
    icon={Lock}
    title="This initiative cannot be edited"
    action={
      <Link
        to="/initiatives/$initiativeId"
        params={{ initiativeId: initiative.id }}
        className={buttonClass('secondary')}
      >
        Open initiative
      </Link>
    }
  >
    It is {STATUS_LABELS[initiative.status].toLowerCase()}, or somebody else proposed it.
  </Empty>
)
