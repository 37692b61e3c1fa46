/** Chooses a unit of the organisation. */
import type { UnitKind } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { unitsQuery } from '../../shared/units.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'

interface Choosable {
  id: string
  name: string
  kind?: UnitKind
}

interface Props {
  value: { id: string; name: string } | null
  onChange: (value: { id: string; name: string } | null) => void
  error: string | undefined
}

export function UnitPicker({ value, onChange, error }: Props) {
  const [search, setSearch] = useState('')
  const units = useQuery(unitsQuery)
  const wanted = search.toLowerCase()
  return (
    <Field label="Unit" hint="Everybody in it and in all units below it." error={error}>
      {control => (
        <Combobox<Choosable>
          control={control}
          value={value}
          onChange={unit => onChange(unit && { id: unit.id, name: unit.name })}
          found={units.data?.filter(unit => unit.name.toLowerCase().includes(wanted))}
          onSearch={setSearch}
          labelOf={unit => unit.name}
          placeholder="Search units"
          none="No such unit."
        >
          {unit => (
            <>
              <span className="min-w-0 truncate">{unit.name}</span>
              <span className="shrink-0 text-xs text-muted">{unit.kind}</span>
            </>
          )}
        </Combobox>
      )}
    </Field>
  )
}
