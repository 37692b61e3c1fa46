/** The question whether one has read it, and that one has. */
import type { Announcement } from '@pms/contract'
import { DecisionBar } from '../../ui/decision-bar.tsx'
import { Ago } from '../../ui/time.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { type AnnouncementDeed, can } from './actions.ts'

interface Props {
  announcement: Announcement
  busy: boolean
  attempt: (deed: AnnouncementDeed) => void
}

export function Acknowledge({ announcement, busy, attempt }: Props) {
  const { author, published_by, acknowledged_at } = announcement
  if (can(announcement, 'acknowledge'))
    return (
      <DecisionBar
        question="Have you read this?"
        busy={busy}
        answers={[
          {
            label: 'Acknowledge',
            shortcut: 'a',
            act: () => attempt({ action: 'acknowledge' }),
            primary: true,
          },
        ]}
      >
        {(published_by ?? author).name} asks everybody to confirm it.
      </DecisionBar>
    )
  if (!acknowledged_at) return null
  return (
    <Verdict
      tone="done"
      title={
        <>
          You acknowledged this <Ago at={acknowledged_at} />
        </>
      }
    />
  )
}
