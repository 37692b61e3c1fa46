/** The types of notifications that other systems may raise: what each says, and what it must be told for that. */
import type { NotificationType } from '@pms/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Braces } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { Empty } from '../../ui/messages.tsx'
import { NameFor } from '../../ui/names.ts'
import { PagedList } from '../../ui/paged-list.tsx'
import { Ago } from '../../ui/time.tsx'
import { KeysHead } from './keys-head.tsx'
import { ForKeepers } from './no-access.tsx'
import { typesQuery } from './queries.ts'

export function TypesPage() {
  return (
    <>
      <KeysHead current="types" />
      <ForKeepers>
        <Types />
      </ForKeepers>
    </>
  )
}

function Types() {
  const query = useInfiniteQuery(typesQuery)
  return (
    <PagedList
      query={query}
      names={['type', 'types']}
      empty={
        <Empty icon={Braces} title="No types are registered">
          A system registers what it has to say, by POST /api/notification-types, before it says it. The page
          at{' '}
          <a href="/api/docs" className="font-medium text-accent-text hover:underline">
            /api/docs
          </a>{' '}
          tells how.
        </Empty>
      }
    >
      {type => <TypeRow key={type.type} of={type} />}
    </PagedList>
  )
}

function TypeRow({ of: type }: { of: NotificationType }) {
  const me = useMe()
  const { properties, required = [] } = type.data_schema
  return (
    <li className="px-4 py-4 sm:px-6">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <code className="text-sm font-medium">{type.type}</code>
        <span className="text-sm text-muted">{type.priority}</span>
        <span className="ml-auto text-sm text-subtle">
          {NameFor(type.created_by, me.id)}, <Ago at={type.updated_at} />
        </span>
      </div>
      <p className="mt-2 text-base font-medium">
        <Template text={type.title} />
      </p>
      <p className="text-sm text-muted text-pretty">
        <Template text={type.message} />
      </p>
      <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
        {Object.entries(properties).map(([name, field]) => (
          <span key={name}>
            <code className="text-ink">{name}</code> {field.format ?? field.type}
            {!required.includes(name) && ', optional'}
          </span>
        ))}
      </p>
    </li>
  )
}

/** Text with its `{placeholders}` set apart. */
function Template({ text }: { text: string }): ReactNode {
  return text.split(/(\{[a-z0-9_]+\})/).map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
      <code key={at} className="rounded-sm bg-pressed px-1 text-[0.92em] text-ink">
        {part}
      </code>
    ) : (
      part
    ),
  )
}
