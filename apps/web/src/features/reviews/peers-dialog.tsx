/** Chooses who reviews somebody as a peer. */
import { MAX_PEERS, type Participant, type ReviewCycleDetail } from '@pms/contract'
import { type FormEvent, useState } from 'react'
import { ApiError, sentenceOf } from '../../api/problem.ts'
import { PeoplePicker } from '../../shared/people-picker.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { firstName } from '../../ui/names.ts'
import { useCycleDeed } from './actions.ts'

interface Props {
  cycle: ReviewCycleDetail
  participant: Participant
  onClose: () => void
}

export function PeersDialog({ cycle, participant: { user, peers }, onClose }: Props) {
  const deed = useCycleDeed(cycle.id)
  const [chosen, setChosen] = useState(() => (peers ?? []).map(peer => ({ ...peer, job_title: '' })))
  const tooMany = chosen.length > MAX_PEERS ? `Choose at most ${MAX_PEERS}.` : undefined

  function submit(event: FormEvent) {
    event.preventDefault()
    if (tooMany) return
    const peerIds = chosen.map(person => person.id)
    deed.mutateAsync({ action: 'choose_peers', userId: user.id, peerIds }).then(onClose, () => {})
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Peers of ${user.name}`}
      description={`Each writes a review. ${firstName(user.name)} reads only what two or more of them say together, and never who they are.`}
    >
      <form onSubmit={submit} noValidate className="mt-4 space-y-4">
        <PeoplePicker
          label="Peers"
          from="all"
          value={chosen}
          onChange={setChosen}
          error={tooMany ?? (deed.error === null ? undefined : whyNot(deed.error, chosen))}
        />
        <div className="flex justify-end gap-2 pt-1 max-sm:*:flex-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={deed.isPending}>
            Save peers
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** The server's sentence, which names people by their place in the list, with the name instead. */
function whyNot(error: unknown, chosen: readonly { name: string }[]): string {
  const [first] = error instanceof ApiError ? (error.problem.errors ?? []) : []
  if (!first) return sentenceOf(error)
  return first.message.replace(/^peer_ids\.(\d+)/, (place, index) => chosen[Number(index)]?.name ?? place)
}
