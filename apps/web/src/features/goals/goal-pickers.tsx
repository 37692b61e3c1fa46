/** Searchable choices of the goal form: a person of the team, and the goal this one is part of. */
import type { Quarter } from '@pms/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Avatar } from '../../ui/avatar.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import type { GoalDraft } from './draft.ts'
import { parentGoalsQuery, teamQuery } from './queries.ts'
import { periodOf } from './words.ts'

interface Props<T> {
  value: T
  onChange: (value: T) => void
  error: string | undefined
}

export function AssigneePicker({ value, onChange, error }: Props<GoalDraft['assignee']>) {
  const [search, setSearch] = useState('')
  const team = useQuery({ ...teamQuery(useDeferredValue(search)), placeholderData: keepPreviousData })
  return (
    <Field label="Who is it for?" error={error} hint="Anyone below you who is active.">
      {control => (
        <Combobox
          control={control}
          value={value}
          onChange={person =>
            onChange(person && { id: person.id, name: person.name, job_title: person.job_title })
          }
          found={team.data}
          onSearch={setSearch}
          labelOf={person => person.name}
          placeholder="Search your team"
          none="Nobody in your team matches."
        >
          {person => (
            <>
              <Avatar name={person.name} />
              <span className="min-w-0">
                <span className="block truncate">{person.name}</span>
                <span className="block truncate text-xs text-muted">{person.job_title}</span>
              </span>
            </>
          )}
        </Combobox>
      )}
    </Field>
  )
}

/** The chosen one is kept in the draft by its title alone. */
interface ParentOption {
  id: string
  title: string
  year?: number
  quarter?: Quarter | null
}

export function ParentPicker({ value, onChange, error }: Props<GoalDraft['parent']>) {
  const [search, setSearch] = useState('')
  const goals = useQuery({ ...parentGoalsQuery(useDeferredValue(search)), placeholderData: keepPreviousData })
  return (
    <Field label="Part of" optional error={error} hint="A goal of the organisation that this one serves.">
      {control => (
        <Combobox<ParentOption>
          control={control}
          value={value}
          onChange={goal => onChange(goal && { id: goal.id, title: goal.title })}
          found={goals.data}
          onSearch={setSearch}
          labelOf={goal => goal.title}
          placeholder="Search goals"
          none="No such goal."
        >
          {goal => (
            <>
              <span className="min-w-0 truncate">{goal.title}</span>
              {goal.year && (
                <span className="shrink-0 text-xs text-muted tabular-nums">
                  {periodOf({ year: goal.year, quarter: goal.quarter ?? null })}
                </span>
              )}
            </>
          )}
        </Combobox>
      )}
    </Field>
  )
}
