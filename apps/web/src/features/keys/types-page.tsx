/** The types of notifications that other systems may raise: what each says, and what it must be told for that. */
import type { NotificationType } from '@pms/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Braces, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/messages.tsx'
import { NameFor } from '../../ui/names.ts'
import { PagedList } from '../../ui/paged-list.tsx'
import { Ago } from '../../ui/time.tsx'
import { KeysHead } from './keys-head.tsx'
import { ForKeepers } from './no-access.tsx'
import { typesQuery } from './queries.ts'
import { TypeDialog } from './type-dialog.tsx'

export function TypesPage() {
  const me = useMe()
  const [writing, setWriting] = useState<NotificationType | 'new' | null>(null)
  const create = (
    <Button variant="primary" onClick={() => setWriting('new')}>
      <Plus aria-hidden="true" className="-ml-0.5 size-4" />
      New type
    </Button>
  )
  return (
    <>
      <KeysHead current="types" actions={me.permissions.includes('keys.manage') && create} />
      <ForKeepers>
        <Types empty={create} onChange={setWriting} />
      </ForKeepers>
      {writing && (
        <TypeDialog {...(writing !== 'new' && { type: writing })} onClose={() => setWriting(null)} />
      )}
    </>
  )
}

function Types({ empty, onChange }: { empty: ReactNode; onChange: (type: NotificationType) => void }) {
  const query = useInfiniteQuery(typesQuery)
  return (
    <PagedList
      query={query}
      names={['type', 'types']}
      empty={
        <Empty icon={Braces} title="No types are registered" action={empty}>
          A type says what another system tells people of. Systems can register theirs by themselves, too: the
          page at{' '}
          <a href="/api/docs" className="font-medium text-accent-text hover:underline">
            /api/docs
          </a>{' '}
          tells how.
        </Empty>
      }
    >
      {type => <TypeRow key={type.type} of={type} onChange={() => onChange(type)} />}
    </PagedList>
  )
}

function TypeRow({ of: type, onChange }: { of: NotificationType; onChange: () => void }) {
  const me = useMe()
  const { properties, required = [] } = type.data_schema
  return (
    <li className="px-4 py-4 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <code className="text-sm font-medium">{type.type}</code>
        <span className="text-sm text-muted">{type.priority}</span>
        <span className="ml-auto text-sm text-subtle">
          {NameFor(type.created_by, me.id)}, <Ago at={type.updated_at} />
        </span>
        {type.allowed_actions.includes('replace') && (
          <Button onClick={onChange} aria-label={`Change ${type.type}`}>
            Change
          </Button>
        )}
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
