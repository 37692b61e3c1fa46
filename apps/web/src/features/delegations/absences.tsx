/** When somebody is away and who stands in then; and for whom they stand in themselves. */
import type { Delegation, UserProfile } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { sentenceOf } from '../../api/problem.ts'
import { Button } from '../../ui/button.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Notice } from '../../ui/messages.tsx'
import { firstName } from '../../ui/names.ts'
import { AbsenceDialog } from './absence-dialog.tsx'
import { AbsenceRow } from './absence-row.tsx'
import { delegationsQuery, useDelegationDeeds } from './queries.ts'

interface Props {
  person: UserProfile
  /** Whether the signed-in person may name who stands in. */
  canDelegate: boolean
}

export function Absences({ person, canDelegate }: Props) {
  const me = useMe()
  const today = useToday()
  const { cancel } = useDelegationDeeds()
  const { data, error } = useQuery(delegationsQuery(person.id))
  const [adding, setAdding] = useState(false)
  const [cancelling, setCancelling] = useState<Delegation | null>(null)
  const isOwn = person.id === me.id
  const theirs = data?.filter(one => one.user.id === person.id) ?? []
  const forOthers = data?.filter(one => one.delegate.id === person.id && one.state !== 'over') ?? []
  // Of those whom one does not keep, one sees no more than what concerns oneself.
  if (!canDelegate && data && theirs.length === 0 && forOthers.length === 0) return null
  const row = (delegation: Delegation) => (
    <AbsenceRow
      key={delegation.id}
      delegation={delegation}
      today={today}
      isStandIn={delegation.delegate.id === person.id}
      onCancel={() => setCancelling(delegation)}
    />
  )

  return (
    <section aria-labelledby="absences">
      <div className="mb-3 flex min-h-8 items-center justify-between gap-4">
        <h2 id="absences" className="text-base font-semibold">
          Away
        </h2>
        {canDelegate && (
          <Button onClick={() => setAdding(true)} icon={<Plus aria-hidden="true" className="size-4" />}>
            {isOwn ? 'Plan an absence' : 'Name a stand-in'}
          </Button>
        )}
      </div>
      {person.status === 'active' && theirs.some(one => one.state === 'running') && (
        <Notice tone="info" className="mb-3 text-pretty">
          {isOwn ? 'You are' : `${firstName(person.name)} is`} not on leave yet, so requests still come to{' '}
          {isOwn ? 'you. HR sets that.' : `${firstName(person.name)}. Set that in the menu above.`}
        </Notice>
      )}
      {error ? (
        <Notice>{sentenceOf(error)}</Notice>
      ) : !data ? (
        <div className="late skeleton h-4 w-72 max-w-full" />
      ) : theirs.length === 0 ? (
        <p className="text-sm text-muted text-pretty">
          {isOwn
            ? 'Nothing planned. While you are on leave, whoever you name decides in your place, so that nobody has to wait for you.'
            : 'Nothing planned.'}
        </p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">{theirs.map(row)}</ul>
      )}
      {forOthers.length > 0 && (
        <>
          <h3 className="mt-6 mb-2 text-sm font-medium text-muted">
            {isOwn ? 'You stand in for' : `${firstName(person.name)} stands in for`}
          </h3>
          <ul className="divide-y divide-line rounded-md border border-line">{forOthers.map(row)}</ul>
        </>
      )}
      {adding && (
        <AbsenceDialog person={person} isOwn={isOwn} today={today} onClose={() => setAdding(false)} />
      )}
      {cancelling && (
        <DialogForm
          title="Take this back?"
          description={`${cancelling.delegate.name} no longer decides in the place of ${cancelling.user.name}; what waits goes back.`}
          confirm="Take it back"
          variant="danger"
          onConfirm={() => cancel(cancelling.id)}
          onClose={() => setCancelling(null)}
        />
      )}
    </section>
  )
}
