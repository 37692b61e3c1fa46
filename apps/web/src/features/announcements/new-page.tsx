/** A new announcement: kept as a draft, or published at once. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { unitsQuery } from '../../shared/units.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/messages.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useCreateAnnouncement } from './actions.ts'
import { AnnouncementForm } from './announcement-form.tsx'
import { detailsOf, EMPTY, problemsOf } from './draft.ts'
import { PublishDialog } from './publish-dialog.tsx'
import { BACK } from './words.ts'

export function NewAnnouncementPage() {
  const me = useMe()
  return (
    <>
      <BackLink {...BACK} />
      {me.permissions.includes('announcements.publish') ? (
        <Write />
      ) : (
        <Empty icon={Lock} title="Announcements are published by HR and admins">
          Ask them to tell everybody what should be known.
        </Empty>
      )}
    </>
  )
}

function Write() {
  const me = useMe()
  const navigate = useNavigate()
  const create = useCreateAnnouncement()
  const units = useQuery(unitsQuery).data ?? []
  const [asking, setAsking] = useState(false)
  const [draft, change, forget] = useDraft(`announcement-draft:${me.id}:new`, EMPTY)

  async function save(publish: boolean) {
    const { id } = await create.mutateAsync({ ...detailsOf(draft), publish })
    forget()
    await navigate({ to: '/announcements/$announcementId', params: { announcementId: id } })
  }

  return (
    <>
      <AnnouncementForm
        title="New announcement"
        lead="Whoever it is for is notified at once, on every device."
        draft={draft}
        onChange={change}
        onSubmit={() => setAsking(true)}
        error={create.error}
      >
        <Button
          busy={create.isPending}
          disabled={Object.keys(problemsOf(draft)).length > 0}
          onClick={() => void save(false).catch(() => {})}
        >
          Save draft
        </Button>
        <Button type="submit" variant="primary" busy={create.isPending}>
          Publish…
        </Button>
      </AnnouncementForm>
      {asking && (
        <PublishDialog
          announcement={{ ...draft, unit: units.find(({ id }) => id === draft.unit_id) ?? null }}
          onConfirm={() => save(true)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
