/** Lets somebody go: shows what is open in their hands, and asks who takes it over. */
import type { OpenWork, UserProfile } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceOf } from '../../api/problem.ts'
import type { Candidate } from '../../shared/people.ts'
import { PersonPicker } from '../../shared/person-picker.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Notice } from '../../ui/messages.tsx'
import { firstName } from '../../ui/names.ts'
import type { PersonDeed } from './actions.ts'
import { openWorkQuery } from './queries.ts'

interface Props {
  person: UserProfile
  act: (deed: PersonDeed) => Promise<unknown>
  onClose: () => void
}

export function ArchiveDialog({ person, act, onClose }: Props) {
  const { data: work, error } = useQuery(openWorkQuery(person.id))
  const [successor, setSuccessor] = useState<Candidate | null>(null)
  const name = firstName(person.name)
  const isOpen = (work?.total ?? 0) > 0
  return (
    <DialogForm
      title={`Archive ${person.name}?`}
      description={`${name} is signed out everywhere and cannot sign in. Everything ${name} did stays in the records.`}
      confirm={isOpen ? 'Hand over and archive' : 'Archive'}
      variant="danger"
      problems={{
        ...(work ? {} : { work: 'It is not known yet what is open.' }),
        ...(isOpen && !successor ? { handover_to: 'Choose who takes over.' } : {}),
        ...(successor?.id === person.id ? { handover_to: 'Choose somebody else.' } : {}),
      }}
      onConfirm={() =>
        act({ action: 'archive', ...(isOpen && successor ? { handover_to: successor.id } : {}) })
      }
      onClose={onClose}
    >
      {errors => (
        <>
          {error && <Notice>{sentenceOf(error)}</Notice>}
          <div role="status" className="min-h-10 text-sm">
            {work ? (
              <Open work={work} name={name} />
            ) : (
              <p className="late text-muted">Looking for open work…</p>
            )}
          </div>
          {isOpen && (
            <PersonPicker
              label="Who takes over?"
              hint="They are told, and become responsible at once."
              from="all"
              value={successor}
              onChange={setSuccessor}
              error={errors.handover_to}
            />
          )}
        </>
      )}
    </DialogForm>
  )
}

function Open({ work, name }: { work: OpenWork; name: string }) {
  if (work.total === 0) return <p className="text-muted">Nothing is open in {name}’s hands.</p>
  return (
    <>
      <p className="font-medium">Open in {name}’s hands</p>
      <ul className="mt-1.5 divide-y divide-line rounded-md border border-line">
        {work.items.map(({ kind, count }) => (
          <li key={kind} className="flex justify-between px-3 py-1.5">
            {capital(kind)}
            <span className="font-medium tabular-nums">{count}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
