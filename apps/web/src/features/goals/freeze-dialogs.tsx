/** Freezing a quarter and lifting it: for those who keep the goals of the organisation. */
import type { GoalFreeze, Quarter } from '@pms/contract'
import { useState } from 'react'
import { useToday } from '../../api/info.ts'
import { Choice } from '../../ui/choice.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Field, Textarea } from '../../ui/field.tsx'
import { emptyDraft } from './draft.ts'
import { yearsAround } from './filters.ts'
import { useFreezeDeeds } from './freezes.ts'
import { periodOf, QUARTERS } from './words.ts'

export function FreezeDialog({ onClose }: { onClose: () => void }) {
  const today = useToday()
  const { freeze } = useFreezeDeeds()
  const [of, setOf] = useState<{ year: number; quarter: Quarter }>(() => emptyDraft(today))
  const [reason, setReason] = useState('')
  const { year, quarter } = of
  return (
    <DialogForm
      title="Freeze a quarter"
      description="Nobody adds goals to it, edits them or reports progress until it is unfrozen. What waits for a decision can still be decided."
      confirm={`Freeze ${periodOf(of)}`}
      onConfirm={() => freeze({ year, quarter, reason: reason.trim() || null })}
      onClose={onClose}
    >
      {errors => (
        <>
          <Choice
            legend="Year"
            value={String(year)}
            options={yearsAround(Number(today.slice(0, 4)), year).map(one => ({
              value: String(one),
              label: String(one),
            }))}
            onChange={next => setOf({ quarter, year: Number(next) })}
            error={errors.year}
          />
          <Choice
            legend="Quarter"
            value={quarter}
            options={QUARTERS.map(one => ({ value: one, label: one }))}
            onChange={next => setOf({ year, quarter: next })}
            error={errors.quarter}
          />
          <Field label="Reason" optional hint="Everybody with goals of it reads it." error={errors.reason}>
            {control => (
              <Textarea
                {...control}
                value={reason}
                maxLength={1000}
                placeholder="Why nothing changes for now"
                onChange={event => setReason(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </DialogForm>
  )
}

export function UnfreezeDialog({ freeze, onClose }: { freeze: GoalFreeze; onClose: () => void }) {
  const { unfreeze } = useFreezeDeeds()
  const period = periodOf(freeze)
  return (
    <DialogForm
      title={`Unfreeze ${period}?`}
      description="Its goals can be added, edited and moved on again at once."
      confirm={`Unfreeze ${period}`}
      onConfirm={() => unfreeze(freeze.id)}
      onClose={onClose}
    />
  )
}
