/** A person by initials and name, which lead to their page; "You" where it is whoever looks. */
import type { PersonRef } from '@pms/contract'
import { Link } from '@tanstack/react-router'
import { useMe } from '../api/browser-session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { cx } from '../ui/cx.ts'
import { NameFor } from '../ui/names.ts'

export function Person({ of, className }: { of: PersonRef; className?: string }) {
  const me = useMe()
  return (
    <Link
      to="/people/$personId"
      params={{ personId: of.id }}
      className={cx('group/person flex min-w-0 items-center gap-2', className)}
    >
      <Avatar name={of.name} size="sm" />
      <span className="truncate group-hover/person:underline">{NameFor(of, me.id)}</span>
    </Link>
  )
}
