/** Doing things to announcements. */
import type { Announcement, CreateAnnouncementBody, EditAnnouncementBody } from '@pms/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { patch, post, put, remove } from '../../api/client.ts'
import { useDeeds, useMake } from '../../api/deed.ts'
import { listsChanged } from '../../api/query-client.ts'

export type AnnouncementDeed =
  | { action: 'acknowledge' }
  | { action: 'publish' }
  | { action: 'edit'; changes: EditAnnouncementBody }

const pathOf = (id: string) => `/api/announcements/${encodeURIComponent(id)}`

function foreseen(announcement: Announcement, { action }: AnnouncementDeed): Announcement | undefined {
  if (action !== 'acknowledge') return undefined
  return { ...announcement, acknowledged_at: new Date().toISOString(), allowed_actions: [] }
}

export const useAnnouncementDeed = (id: string) =>
  useDeeds({
    resource: 'announcement',
    id,
    send: (deed: AnnouncementDeed): Promise<Announcement> =>
      deed.action === 'edit' ? patch(pathOf(id), deed.changes) : put(`${pathOf(id)}/${deed.action}`),
    foreseen,
  })

export const useCreateAnnouncement = () =>
  useMake('announcement', (body: CreateAnnouncementBody) => post<Announcement>('/api/announcements', body))

/** Only drafts can be deleted: nobody else ever saw them. */
export function useDeleteDraft(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => remove(pathOf(id)),
    onSuccess: () => void listsChanged(client, 'announcement'),
  })
}

export const can = (
  announcement: Pick<Announcement, 'allowed_actions'>,
  action: Announcement['allowed_actions'][number],
) => announcement.allowed_actions.includes(action)
