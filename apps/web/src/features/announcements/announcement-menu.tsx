/** What can be done with a draft: edit it, publish it, throw it away. */
import type { Announcement } from '@pms/contract'
import { Link, useNavigate } from '@tanstack/react-router'
import { MoreHorizontal, Pencil, Send, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button, buttonClass, IconButton } from '../../ui/button.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { type AnnouncementDeed, can, useDeleteDraft } from './actions.ts'
import { PublishDialog } from './publish-dialog.tsx'

interface Props {
  announcement: Announcement
  act: (deed: AnnouncementDeed) => Promise<unknown>
}

export function AnnouncementMenu({ announcement, act }: Props) {
  const navigate = useNavigate()
  const remove = useDeleteDraft(announcement.id)
  const [asking, setAsking] = useState<'publish' | 'delete' | null>(null)
  const close = () => setAsking(null)
  return (
    <div className="flex shrink-0 items-center gap-1.5">
      {can(announcement, 'delete') && (
        <Menu
          align="end"
          trigger={
            <IconButton label="More actions">
              <MoreHorizontal aria-hidden="true" className="size-4" />
            </IconButton>
          }
        >
          <MenuItem onClick={() => setAsking('delete')}>
            <Trash2 aria-hidden="true" className="size-4 text-muted" />
            Delete…
          </MenuItem>
        </Menu>
      )}
      {can(announcement, 'edit') && (
        <Link
          to="/announcements/$announcementId/edit"
          params={{ announcementId: announcement.id }}
          className={buttonClass('secondary')}
        >
          <Pencil aria-hidden="true" className="size-3.5" />
          Edit
        </Link>
      )}
      {can(announcement, 'publish') && (
        <Button variant="primary" onClick={() => setAsking('publish')}>
          <Send aria-hidden="true" className="size-3.5" />
          Publish…
        </Button>
      )}
      {asking === 'publish' && (
        <PublishDialog
          announcement={announcement}
          onConfirm={() => act({ action: 'publish' })}
          onClose={close}
        />
      )}
      {asking === 'delete' && (
        <DialogForm
          title="Delete this draft?"
          description="Nobody but those who publish has seen it. It cannot be brought back."
          confirm="Delete draft"
          variant="danger"
          onConfirm={async () => {
            await remove.mutateAsync()
            await navigate({ to: '/announcements', search: { tab: 'drafts' } })
          }}
          onClose={close}
        />
      )}
    </div>
  )
}
