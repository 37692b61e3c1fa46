/** Chooses one person, or several of whom one answers for the others. */
import type { PersonRef } from '@pms/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useDeferredValue, useId, useState } from 'react'
import { useMe } from '../api/browser-session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { IconButton } from '../ui/button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Field } from '../ui/field.tsx'
import { MultiCombobox } from '../ui/multi-combobox.tsx'
import { NameFor } from '../ui/names.ts'
import { type Candidate, type CandidateScope, candidatesQuery } from './people.ts'

interface Props {
  label: string
  hint?: string
  error: string | undefined
  /** Whom to choose from. */
  from: CandidateScope
}

export function useCandidates(from: CandidateScope) {
  const [search, setSearch] = useState('')
  const query = candidatesQuery(from, useDeferredValue(search))
  const { data } = useQuery({ ...query, placeholderData: keepPreviousData })
  const words =
    from === 'team'
      ? { placeholder: 'Search your team', none: 'Nobody in your team matches.' }
      : { placeholder: 'Search people', none: 'Nobody matches.' }
  return { found: data, onSearch: setSearch, labelOf: (person: PersonRef) => person.name, ...words }
}

interface OneProps extends Props {
  value: Candidate | null
  onChange: (value: Candidate | null) => void
}

export function PersonPicker({ label, hint, error, from, value, onChange }: OneProps) {
  const candidates = useCandidates(from)
  return (
    <Field label={label} hint={hint} error={error}>
      {control => (
        <Combobox control={control} value={value} onChange={onChange} {...candidates}>
          {person => <Choosable person={person} />}
        </Combobox>
      )}
    </Field>
  )
}

interface GroupProps extends Props {
  value: readonly Candidate[]
  headId: string | null
  onChange: (value: Candidate[], headId: string | null) => void
  /** Somebody who is part of it whatever is chosen. */
  fixedId?: string
  headError: string | undefined
}

/** The first who is chosen is the head until another one is. */
export function GroupPicker(props: GroupProps) {
  const { label, hint, error, from, value, headId, onChange, fixedId, headError } = props
  const candidates = useCandidates(from)
  const change = (next: Candidate[]) => {
    const head = next.some(person => person.id === headId) ? headId : (next[0]?.id ?? null)
    onChange(next, head)
  }
  return (
    <div>
      <Field label={label} hint={value.length === 0 ? hint : undefined} error={error}>
        {control => (
          <MultiCombobox
            control={control}
            value={value}
            onChange={next => {
              const fixed = value.find(person => person.id === fixedId)
              change(fixed && !next.some(person => person.id === fixedId) ? [fixed, ...next] : next)
            }}
            {...candidates}
          >
            {person => <Choosable person={person} />}
          </MultiCombobox>
        )}
      </Field>
      {value.length > 0 && (
        <Members
          value={value}
          headId={headId}
          fixedId={fixedId}
          error={headError}
          onHead={id => onChange([...value], id)}
          onRemove={id => change(value.filter(person => person.id !== id))}
        />
      )}
    </div>
  )
}

interface MembersProps {
  value: readonly Candidate[]
  headId: string | null
  fixedId: string | undefined
  error: string | undefined
  onHead: (id: string) => void
  onRemove: (id: string) => void
}

function Members({ value, headId, fixedId, error, onHead, onRemove }: MembersProps) {
  const me = useMe()
  const name = useId()
  return (
    <fieldset className="mt-2" aria-describedby={error ? `${name}-note` : undefined}>
      <legend className="sr-only">Head of the group</legend>
      <ul className="divide-y divide-line rounded-md border border-line">
        {value.map(person => (
          <li key={person.id} className="flex items-center gap-2.5 py-1 pr-1 pl-3">
            <Avatar name={person.name} />
            <span className="min-w-0 flex-1 text-sm">
              <span className="block truncate">{NameFor(person, me.id)}</span>
            </span>
            <label className="flex h-8 cursor-pointer items-center gap-1.5 px-2 text-sm text-muted has-checked:text-ink touch:h-11">
              <input
                type="radio"
                name={name}
                checked={person.id === headId}
                onChange={() => onHead(person.id)}
                aria-label={`${person.name} is the head`}
                className="size-3.5 accent-(--accent)"
              />
              Head
            </label>
            {person.id === fixedId ? (
              <span className="size-8 touch:size-11" />
            ) : (
              <IconButton label={`Remove ${person.name}`} onClick={() => onRemove(person.id)}>
                <X aria-hidden="true" className="size-4" />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      <p
        id={`${name}-note`}
        className={error ? 'mt-1.5 text-sm text-danger-text' : 'mt-1.5 text-sm text-muted'}
      >
        {error ?? 'The head starts it and submits it for the group.'}
      </p>
    </fieldset>
  )
}

export const Choosable = ({ person }: { person: Candidate }) => (
  <>
    <Avatar name={person.name} />
    <span className="min-w-0">
      <span className="block truncate">{person.name}</span>
      <span className="block truncate text-xs text-muted">{person.job_title}</span>
    </span>
  </>
)
