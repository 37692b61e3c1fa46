/** A person by initials and name; "You" where it is whoever looks. */
import type { PersonRef } from '@pms/contract'
import { useMe } from '../api/browser-session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { cx } from '../ui/cx.ts'
import { NameFor } from '../ui/names.ts'

export function Person({ of, className }: { of: PersonRef; className?: string }) {
  const me = useMe()
  return (
    <span className={cx('flex min-w-0 items-center gap-2', className)}>
      <Avatar name={of.name} size="sm" />
      <span className="truncate">{NameFor(of, me.id)}</span>
    </span>
  )
}
