/** The searchable choice of the goal that an initiative is a means to. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import type { InitiativeDraft } from './draft.ts'
import { goalChoicesQuery } from './queries.ts'

interface Props {
  value: InitiativeDraft['goal']
  onChange: (value: InitiativeDraft['goal']) => void
  error: string | undefined
}

export function GoalPicker({ value, onChange, error }: Props) {
  const [search, setSearch] = useState('')
  const goals = useQuery({ ...goalChoicesQuery(useDeferredValue(search)), placeholderData: keepPreviousData })
  return (
    <Field label="Goal" optional error={error} hint="An active goal that this brings closer.">
      {control => (
        <Combobox
          control={control}
          value={value}
          onChange={goal => onChange(goal && { id: goal.id, title: goal.title })}
          found={goals.data}
          onSearch={setSearch}
          labelOf={goal => goal.title}
          placeholder="Search goals"
          none="No such goal."
        >
          {goal => <span className="min-w-0 truncate">{goal.title}</span>}
        </Combobox>
      )}
    </Field>
  )
}
