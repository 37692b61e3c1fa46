/** Whose a yearly or quarterly goal is: the whole organisation's, or a unit's. */
import { UnitSelect } from '../../shared/unit-select.tsx'
import { Field } from '../../ui/field.tsx'
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
        <UnitSelect
          {...control}
          none="The whole organisation"
          value={draft.unit_id}
          onChange={event => onChange({ unit_id: event.target.value })}
        />
      )}
    </Field>
  )
}
