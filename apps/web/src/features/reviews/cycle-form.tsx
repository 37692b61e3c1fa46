/** The fields of a cycle, for preparing and editing alike. */
import type { ReactNode } from 'react'
import { PeoplePicker } from '../../shared/people-picker.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field, Input } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { type CycleDraft, problemsOf } from './cycle-draft.ts'
import { TraitsEditor } from './traits-editor.tsx'
import { UnitPicker } from './unit-picker.tsx'
import { SCOPE_LABELS } from './words.ts'

interface Props {
  draft: CycleDraft
  onChange: (changes: Partial<CycleDraft>) => void
  onSubmit: () => void
  today: string
  /** What the server said of the last try. */
  error: unknown
  /** As it was, where it is edited. */
  before?: CycleDraft
  /** Once it has begun only its name and deadline can change. */
  begun?: boolean
  /** The buttons. */
  children: ReactNode
}

export function CycleForm({
  draft,
  onChange,
  onSubmit,
  today,
  error,
  before,
  begun = false,
  children,
}: Props) {
  return (
    <Form problems={problemsOf(draft, today, before)} error={error} onSubmit={onSubmit} buttons={children}>
      {errors => (
        <>
          <Field label="Name" error={errors.name}>
            {control => (
              <Input
                {...control}
                value={draft.name}
                maxLength={200}
                required
                placeholder="Annual review 2027"
                onChange={event => onChange({ name: event.target.value })}
              />
            )}
          </Field>
          {!begun && (
            <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
              <Field label="Period begins" error={errors.period_start}>
                {control => (
                  <Input
                    {...control}
                    type="date"
                    value={draft.period_start}
                    required
                    onChange={event => onChange({ period_start: event.target.value })}
                  />
                )}
              </Field>
              <Field label="Period ends" error={errors.period_end}>
                {control => (
                  <Input
                    {...control}
                    type="date"
                    value={draft.period_end}
                    {...(draft.period_start ? { min: draft.period_start } : {})}
                    required
                    onChange={event => onChange({ period_end: event.target.value })}
                  />
                )}
              </Field>
            </div>
          )}
          <Field
            label="Reviews are due"
            hint={
              begun
                ? 'Open reviews go by the new day, but for those that were given one of their own.'
                : 'Whoever writes one is reminded three days and one day before.'
            }
            error={errors.deadline}
          >
            {control => (
              <Input
                {...control}
                type="date"
                value={draft.deadline}
                min={today}
                required
                className="sm:max-w-60"
                onChange={event => onChange({ deadline: event.target.value })}
              />
            )}
          </Field>
          {!begun && (
            <>
              <Choice
                legend="Who is reviewed"
                value={draft.scope}
                options={(['everyone', 'unit', 'people'] as const).map(value => ({
                  value,
                  label: SCOPE_LABELS[value],
                }))}
                onChange={scope => onChange({ scope })}
                hint="Each by themselves, by their supervisor and by the peers chosen for them."
                error={errors.scope}
              />
              {draft.scope === 'unit' && (
                <UnitPicker value={draft.unit} onChange={unit => onChange({ unit })} error={errors.unit_id} />
              )}
              {draft.scope === 'people' && (
                <PeoplePicker
                  label="People"
                  from="all"
                  value={draft.people}
                  onChange={people => onChange({ people })}
                  error={errors.user_ids}
                />
              )}
              <TraitsEditor traits={draft.traits} onChange={traits => onChange({ traits })} errors={errors} />
            </>
          )}
        </>
      )}
    </Form>
  )
}
