/** Whose a yearly or quarterly goal is: the whole organisation's, or a unit's. */
import { useQuery } from '@tanstack/react-query'
import { inTree, unitsQuery } from '../../shared/units.ts'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import type { GoalDraft } from './draft.ts'

interface Props {
  draft: GoalDraft
  onChange: (changes: Partial<GoalDraft>) => void
  error: string | undefined
}

export function UnitField({ draft, onChange, error }: Props) {
  const units = useQuery(unitsQuery).data ?? []
  return (
    <Field label="Whose goal is it?" error={error}>
      {control => (
        <Select
          {...control}
          value={draft.unit_id}
          onChange={event => onChange({ unit_id: event.target.value })}
        >
          <option value="">The whole organisation</option>
          {inTree(units).map(({ id, name, depth }) => (
            <option key={id} value={id}>
              {'\u2003'.repeat(depth) + name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
