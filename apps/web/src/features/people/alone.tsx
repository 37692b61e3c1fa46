/** Says how to begin, to whoever keeps accounts while nobody else has one. */
import type { UserPage } from '@pms/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/browser-session.ts'
import { get } from '../../api/client.ts'
import { Notice } from '../../ui/messages.tsx'

const countQuery = queryOptions({
  queryKey: ['user', 'count'],
  queryFn: async ({ signal }) => (await get<UserPage>('/api/users', { query: { limit: 1 }, signal })).total,
})

const LINK = 'text-accent-text underline underline-offset-2'

export function Alone() {
  const me = useMe()
  const { data } = useQuery({ ...countQuery, enabled: me.permissions.includes('users.manage') })
  if (data !== 1) return null
  return (
    <Notice tone="info" className="mb-8">
      You are the first one here. Begin with{' '}
      <Link to="/people/units" className={LINK}>
        the units
      </Link>{' '}
      of your organisation, then{' '}
      <Link to="/people/new" className={LINK}>
        add people
      </Link>
      : each gets a link to come in by.
    </Notice>
  )
}
