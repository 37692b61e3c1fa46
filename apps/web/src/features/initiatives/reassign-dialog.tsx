/** Gives an initiative to other people. */
import type { InitiativeDetail, ReassignInitiativeBody } from '@pms/contract'
import { type FormEvent, useState } from 'react'
import { fieldErrors, sentenceOf } from '../../api/problem.ts'
import type { Candidate } from '../../shared/people.ts'
import { GroupPicker, PersonPicker } from '../../shared/person-picker.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/messages.tsx'

interface Props {
  initiative: InitiativeDetail
  /** Settles when the server has answered; what it throws is shown here. */
  onConfirm: (body: ReassignInitiativeBody) => Promise<unknown>
  onClose: () => void
}

export function ReassignDialog({ initiative, onConfirm, onClose }: Props) {
  const isGroup = initiative.type === 'GROUP'
  const [people, setPeople] = useState<Candidate[]>(
    isGroup ? initiative.assignees.map(person => ({ ...person, job_title: '' })) : [],
  )
  const [headId, setHeadId] = useState<string | null>(initiative.head.id)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const refused = fieldErrors(error)
  const missing = people.length === 0 ? 'Choose who is to do it.' : undefined

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (missing) return
    setBusy(true)
    setError(null)
    try {
      const assignee_ids = people.map(person => person.id)
      await onConfirm(isGroup ? { assignee_ids, head_id: headId } : { assignee_ids })
      onClose()
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title="Give it to others"
      description="Those who are new to it are told at once. What was done stays with it."
    >
      <form onSubmit={event => void submit(event)} noValidate className="mt-4 space-y-4">
        {error !== null && Object.keys(refused).length === 0 && <Notice>{sentenceOf(error)}</Notice>}
        {isGroup ? (
          <GroupPicker
            label="Group"
            from="team"
            value={people}
            headId={headId}
            onChange={(next, head) => {
              setPeople(next)
              setHeadId(head)
            }}
            error={(tried ? missing : undefined) ?? refused.assignee_ids}
            headError={refused.head_id}
          />
        ) : (
          <PersonPicker
            label="Who is to do it?"
            from="team"
            value={people[0] ?? null}
            onChange={next => setPeople(next ? [next] : [])}
            error={(tried ? missing : undefined) ?? refused.assignee_ids}
          />
        )}
        <div className="flex justify-end gap-2 pt-1 max-sm:*:flex-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Reassign
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
