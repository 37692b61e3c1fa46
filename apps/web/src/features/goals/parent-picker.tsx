/** The searchable choice of the goal that this one is part of. */
import type { Quarter } from '@pms/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import type { GoalDraft } from './draft.ts'
import { parentGoalsQuery } from './queries.ts'
import { periodOf } from './words.ts'

interface Props {
  value: GoalDraft['parent']
  onChange: (value: GoalDraft['parent']) => void
  error: string | undefined
}

/** The chosen one is kept in the draft by its title alone. */
interface ParentOption {
  id: string
  title: string
  year?: number
  quarter?: Quarter | null
}

export function ParentPicker({ value, onChange, error }: Props) {
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
