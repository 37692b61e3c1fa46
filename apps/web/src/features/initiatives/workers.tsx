/** Who works on an initiative: one person, or the head and how many more. */
import type { Initiative } from '@pms/contract'
import { useMe } from '../../api/browser-session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { NameFor } from '../../ui/names.ts'

export function Workers({ of: { head, assignees } }: { of: Pick<Initiative, 'head' | 'assignees'> }) {
  const me = useMe()
  const others = assignees.filter(person => person.id !== head.id)
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={head.name} size="sm" />
      <span className="min-w-0 truncate">{NameFor(head, me.id)}</span>
      {others.length > 0 && (
        <span className="shrink-0 text-subtle tabular-nums" title={others.map(({ name }) => name).join(', ')}>
          +{others.length}
          <span className="sr-only"> others</span>
        </span>
      )}
    </span>
  )
}
