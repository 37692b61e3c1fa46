/** One thing that was done. Who did it, what was done and to what: each narrows the log to itself. */
import type { AuditEntry } from '@pms/contract'
import { useNavigate } from '@tanstack/react-router'
import { ArrowUpRight, Clock } from 'lucide-react'
import { useMe } from '../../api/browser-session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { rowEnds } from '../../ui/row.tsx'
import { Ago } from '../../ui/time.tsx'
import type { AuditFilters } from './filters.ts'
import { deedOf, detailsOf, pageOf } from './words.ts'

interface Props {
  entry: AuditEntry
  onNarrow: (next: AuditFilters) => void
}

const QUIET =
  'relative min-w-6 rounded-sm py-0.5 text-left hover:underline touch:after:absolute touch:after:-inset-y-2 touch:after:inset-x-0'

export function EntryRow({ entry: { actor, action, object, detail, at }, onNarrow }: Props) {
  const me = useMe()
  const navigate = useNavigate()
  const page = pageOf(object)
  const { id } = actor
  const name = id === me.id ? 'You' : actor.name === 'system' ? 'The system' : actor.name
  return (
    <li className={`group flex gap-3 py-2.5 ${rowEnds}`}>
      {id ? (
        <Avatar name={actor.name} />
      ) : (
        <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-pressed">
          <Clock aria-hidden="true" className="size-3.5 text-muted" />
        </span>
      )}
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 text-sm">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {id ? (
            <button
              type="button"
              data-row
              className={`${QUIET} font-medium`}
              onClick={() => onNarrow({ actor_id: id })}
              aria-label={`${name}: show only what ${name === 'You' ? 'you' : name} did`}
            >
              {name}
            </button>
          ) : (
            <span className="font-medium">{name}</span>
          )}
          <button
            type="button"
            className={QUIET}
            onClick={() => onNarrow({ action })}
            aria-label={`${deedOf(action)}: show only such`}
          >
            {deedOf(action)}
          </button>
        </p>
        <Ago at={at} className="text-subtle lg:order-last" />
        <p className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 text-muted max-lg:w-full lg:flex-1 touch:mt-2">
          {detailsOf(detail).map(({ name: field, value }) => (
            <span key={field} className="min-w-0 break-words">
              <span className="text-subtle">{field}</span> {value}
            </span>
          ))}
          {page && (
            <a
              href={page}
              className="inline-flex items-center gap-0.5 py-0.5 text-accent-text hover:underline"
              onClick={event => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                void navigate({ href: page })
              }}
            >
              Open
              <ArrowUpRight aria-hidden="true" className="size-3.5" />
            </a>
          )}
          <button
            type="button"
            // Shown with the row one looks at: said on every row it is noise.
            className={`${QUIET} text-subtle opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 touch:opacity-100`}
            onClick={() => onNarrow({ object_id: object.id })}
            title={`${object.type} ${object.id}`}
          >
            All about this {object.type.replaceAll('_', ' ').replace('api', 'API')}
          </button>
        </p>
      </div>
    </li>
  )
}
