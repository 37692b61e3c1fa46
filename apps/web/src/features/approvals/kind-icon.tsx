/** The sign of each kind of request. */
import type { ApprovalKind } from '@pms/contract'
import { CalendarClock, ClipboardCheck, FileCheck, Megaphone, Rocket, Target } from 'lucide-react'

const ICONS = {
  goal_approval: Target,
  goal_acceptance: Target,
  initiative_approval: Rocket,
  initiative_review: FileCheck,
  initiative_extension: CalendarClock,
  review: ClipboardCheck,
  announcement_acknowledgement: Megaphone,
} as const satisfies Record<ApprovalKind, typeof Target>

export function KindIcon({ kind }: { kind: ApprovalKind }) {
  const Icon = ICONS[kind]
  return <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
}
