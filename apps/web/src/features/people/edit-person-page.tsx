/** Editing the data of a person. */
import type { UserProfile } from '@pms/contract'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { FormFrame } from '../../ui/form-frame.tsx'
import { Empty } from '../../ui/messages.tsx'
import { PageHeading } from '../../ui/page.tsx'
import { ThingFrame } from '../../ui/thing-frame.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { can, type PersonDeed } from './actions.ts'
import { changesOf, draftOf } from './draft.ts'
import { PersonForm } from './person-form.tsx'
import { BACK } from './person-page.tsx'
import { usePerson } from './use-person.ts'

export function EditPersonPage() {
  const { personId } = useParams({ from: '/app/people/$personId/edit' })
  const { person, partial, error, retry, busy, failure, act } = usePerson(personId)
  return (
    <ThingFrame
      name="person"
      back={BACK}
      // What may be edited is known only when all of it is there.
      thing={partial ? undefined : person}
      error={error}
      retry={retry}
    >
      {whole =>
        can(whole, 'edit') ? (
          <Editing person={whole} busy={busy} failure={failure} act={act} />
        ) : (
          <>
            <PageHeading title={`Edit ${whole.name}`} className="sr-only" />
            <Empty icon={Lock} title={`You cannot edit ${whole.name}`}>
              HR keeps the data of people; that of those who left stays as it was.
            </Empty>
          </>
        )
      }
    </ThingFrame>
  )
}

interface Props {
  person: UserProfile
  busy: boolean
  failure: unknown
  act: (deed: PersonDeed) => Promise<unknown>
}

function Editing({ person, busy, failure, act }: Props) {
  const navigate = useNavigate()
  const me = useMe()
  // With what the form started from: news that arrive meanwhile neither change what is being typed nor are undone by it.
  const [{ before, after }, keep, forget] = useDraft(`person-draft:${me.id}:${person.id}`, {
    before: draftOf(person),
    after: draftOf(person),
  })
  const page = { to: '/people/$personId', params: { personId: person.id } } as const

  async function submit() {
    const changes = changesOf(before, after)
    if (Object.keys(changes).length > 0) await act({ action: 'edit', changes })
    forget()
    await navigate(page)
  }

  return (
    <FormFrame title={`Edit ${person.name}`} lead="Requests follow at once when the supervisor changes.">
      <PersonForm
        draft={after}
        onChange={changes => keep({ before, after: { ...after, ...changes } })}
        onSubmit={() => void submit().catch(() => {})}
        error={failure}
      >
        <Link {...page} onClick={forget} className={buttonClass('secondary')}>
          Cancel
        </Link>
        <Button type="submit" variant="primary" busy={busy}>
          Save
        </Button>
      </PersonForm>
    </FormFrame>
  )
}
