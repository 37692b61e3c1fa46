/** The last question before it goes out: nobody can take it back after that. */
import type { Announcement } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Notice } from '../../ui/messages.tsx'
import { counted } from '../../ui/words.ts'
import { audienceSizeQuery } from './queries.ts'
import { toWhom } from './words.ts'

interface Props {
  announcement: Pick<Announcement, 'title' | 'audience' | 'unit' | 'role' | 'requires_acknowledgement'>
  onConfirm: () => Promise<unknown>
  onClose: () => void
}

export function PublishDialog({ announcement, onConfirm, onClose }: Props) {
  const { audience, unit, role, requires_acknowledgement } = announcement
  const { data: size } = useQuery(audienceSizeQuery(audience, unit?.id ?? null, role))
  return (
    <DialogForm
      title={`Publish “${announcement.title.trim()}”?`}
      description={
        <>
          To {toWhom(announcement)}
          {size !== undefined && <>, about {counted(size, 'person', 'people')}</>}. They are notified at once
          {requires_acknowledgement && <> and asked to acknowledge it</>}; it cannot be changed or taken back.
        </>
      }
      confirm="Publish"
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {errors => Object.values(errors).map(error => <Notice key={error}>{error}.</Notice>)}
    </DialogForm>
  )
}
