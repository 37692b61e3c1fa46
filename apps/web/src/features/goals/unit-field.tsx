/** Whose a yearly or quarterly goal is: the whole organisation's, or a unit's. */
import { UnitOptions } from '../../shared/unit-options.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import type { GoalDraft } from './draft.ts'

interface Props {
  draft: GoalDraft
  onChange: (changes: Partial<GoalDraft>) => void
  error: string | undefined
}

export function UnitField({ draft, onChange, error }: Props) {
  return (
    <Field label="Whose goal is it?" error={error}>
      {control => (
        <Select
          {...control}
          value={draft.unit_id}
          onChange={event => onChange({ unit_id: event.target.value })}
        >
          <option value="">The whole organisation</option>
          <UnitOptions />
        </Select>
      )}
    </Field>
  )
}
