/** Adding, renaming, moving and deleting units. */
import type { Unit, UnitKind } from '@pms/contract'
import { useState } from 'react'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { useUnitDeeds } from './unit-actions.ts'
import { kindBelow, UNIT_KINDS, UNIT_LABELS } from './words.ts'

interface Props {
  units: readonly Unit[]
  /** Where a new unit is to belong; null: it is the whole organisation, or not decided yet. */
  parent: Unit | null
  /** The one to be edited; without it a new one is added. */
  unit?: Unit
  onClose: () => void
}

export function UnitDialog({ units, parent, unit, onClose }: Props) {
  const { add, edit } = useUnitDeeds()
  const [name, setName] = useState(unit?.name ?? '')
  const [parentId, setParentId] = useState(unit ? unit.parent_id : (parent?.id ?? null))
  const above = units.find(one => one.id === parentId)
  const kind: UnitKind = unit?.kind ?? (above && kindBelow(above.kind)) ?? 'global'
  // Each level belongs to the one before: a unit moves among those of that level.
  const levelAbove = UNIT_KINDS[UNIT_KINDS.indexOf(kind) - 1]
  const choices = units.filter(one =>
    unit ? one.kind === levelAbove && one.id !== unit.id : kindBelow(one.kind) !== undefined,
  )
  const trimmed = name.trim()

  return (
    <DialogForm
      title={unit ? `Edit ${unit.name}` : `Add a ${UNIT_LABELS[kind].toLowerCase()}`}
      confirm={unit ? 'Save' : 'Add'}
      problems={trimmed ? {} : { name: 'Please write a name.' }}
      onConfirm={() =>
        unit
          ? edit(unit.id, { name: trimmed, ...(parentId ? { parent_id: parentId } : {}) })
          : add({ name: trimmed, kind, parent_id: parentId })
      }
      onClose={onClose}
    >
      {errors => (
        <>
          <Field label="Name" error={errors.name}>
            {control => (
              <Input
                {...control}
                value={name}
                maxLength={100}
                autoComplete="off"
                onChange={event => setName(event.target.value)}
              />
            )}
          </Field>
          {choices.length > 0 && kind !== 'global' && (
            <Field label="Belongs to" error={errors.parent_id}>
              {control => (
                <Select
                  {...control}
                  value={parentId ?? ''}
                  onChange={event => setParentId(event.target.value)}
                >
                  {choices.map(one => (
                    <option key={one.id} value={one.id}>
                      {one.name} ({UNIT_LABELS[one.kind].toLowerCase()})
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
        </>
      )}
    </DialogForm>
  )
}

export function DeleteUnitDialog({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const { remove } = useUnitDeeds()
  return (
    <DialogForm
      title={`Delete ${unit.name}?`}
      description="Only a unit to which nobody and nothing belongs can be deleted."
      confirm="Delete unit"
      variant="danger"
      onConfirm={() => remove(unit.id)}
      onClose={onClose}
    />
  )
}
