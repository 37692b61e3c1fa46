/** Adding a person; at the end stands the link by which they set a password. */
import type { NewUser } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { UserCheck } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { FormFrame } from '../../ui/form-frame.tsx'
import { Empty } from '../../ui/messages.tsx'
import { firstName } from '../../ui/names.ts'
import { PageHeading } from '../../ui/page.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useAddPerson } from './actions.ts'
import { bodyOf, emptyPerson } from './draft.ts'
import { OnboardingLinkBox } from './onboarding-link.tsx'
import { PersonForm } from './person-form.tsx'
import { BACK } from './person-page.tsx'

export function NewPersonPage() {
  const me = useMe()
  const [added, setAdded] = useState<NewUser | null>(null)
  return (
    <>
      <BackLink {...BACK} />
      {!me.permissions.includes('users.manage') ? (
        <NotYours />
      ) : added ? (
        <Added person={added} onAnother={() => setAdded(null)} />
      ) : (
        <Adding onAdded={setAdded} />
      )}
    </>
  )
}

function Adding({ onAdded }: { onAdded: (person: NewUser) => void }) {
  const me = useMe()
  const add = useAddPerson()
  const [draft, change, forget] = useDraft(`person-draft:${me.id}:new`, emptyPerson)

  async function submit() {
    const person = await add.mutateAsync(bodyOf(draft))
    forget()
    onAdded(person)
  }

  return (
    <FormFrame
      title="Add a person"
      lead="They are welcomed, their supervisor hears of it, and you get a link for their password."
    >
      <PersonForm
        draft={draft}
        onChange={change}
        onSubmit={() => void submit().catch(() => {})}
        error={add.error}
        withRole
      >
        <Link to="/people" className={buttonClass('secondary')}>
          Cancel
        </Link>
        <Button type="submit" variant="primary" busy={add.isPending}>
          Add person
        </Button>
      </PersonForm>
    </FormFrame>
  )
}

function Added({ person, onAnother }: { person: NewUser; onAnother: () => void }) {
  const name = firstName(person.name)
  return (
    <FormFrame
      title={`${person.name} is added`}
      lead={`One thing is left: ${name} needs this link to get in.`}
    >
      {person.onboarding && <OnboardingLinkBox link={person.onboarding} name={name} />}
      <div className="mt-6 flex justify-end gap-2 border-t border-line pt-5 max-sm:flex-col-reverse">
        <Button onClick={onAnother}>Add another person</Button>
        <Link to="/people/$personId" params={{ personId: person.id }} className={buttonClass('primary')}>
          Open {name}’s page
        </Link>
      </div>
    </FormFrame>
  )
}

const NotYours = () => (
  <>
    <PageHeading title="Add a person" className="sr-only" />
    <Empty icon={UserCheck} title="People are added by HR">
      Ask HR where somebody is missing.
    </Empty>
  </>
)
