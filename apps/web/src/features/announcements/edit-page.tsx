/** A draft being changed. */
import type { Announcement } from '@pms/contract'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/messages.tsx'
import { ThingFrame } from '../../ui/thing-frame.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { can, useAnnouncementDeed } from './actions.ts'
import { AnnouncementForm } from './announcement-form.tsx'
import { changesTo, draftOf } from './draft.ts'
import { useAnnouncement } from './use-announcement.ts'
import { BACK } from './words.ts'

const route = getRouteApi('/app/announcements/$announcementId/edit')

export function EditAnnouncementPage() {
  const { announcementId } = route.useParams()
  const { announcement: found, partial, error, retry } = useAnnouncement(announcementId)
  return (
    <ThingFrame
      name="announcement"
      back={BACK}
      thing={partial ? undefined : found}
      error={error}
      retry={retry}
    >
      {announcement =>
        can(announcement, 'edit') ? (
          <Edit key={announcement.id} announcement={announcement} />
        ) : (
          <Empty
            icon={Lock}
            title="This announcement is out and cannot be changed any more"
            action={
              <Link
                to="/announcements/$announcementId"
                params={{ announcementId }}
                className={buttonClass('secondary')}
              >
                Go to the announcement
              </Link>
            }
          >
            What people have read stays as they read it. Publish another one to correct it.
          </Empty>
        )
      }
    </ThingFrame>
  )
}

function Edit({ announcement }: { announcement: Announcement }) {
  const me = useMe()
  const navigate = useNavigate()
  const deed = useAnnouncementDeed(announcement.id)
  const [draft, change, forget] = useDraft(
    `announcement-draft:${me.id}:${announcement.id}:${announcement.updated_at}`,
    draftOf(announcement),
  )
  const here = {
    to: '/announcements/$announcementId',
    params: { announcementId: announcement.id },
  } as const

  async function save() {
    const changes = changesTo(announcement, draft)
    if (changes) await deed.mutateAsync({ action: 'edit', changes })
    forget()
    await navigate(here)
  }

  return (
    <AnnouncementForm
      title="Edit draft"
      lead="Nobody but those who publish sees it before it is published."
      draft={draft}
      onChange={change}
      onSubmit={() => void save().catch(() => {})}
      error={deed.error}
    >
      <Link {...here} className={buttonClass('secondary')}>
        Cancel
      </Link>
      <Button type="submit" variant="primary" busy={deed.isPending}>
        Save draft
      </Button>
    </AnnouncementForm>
  )
}
