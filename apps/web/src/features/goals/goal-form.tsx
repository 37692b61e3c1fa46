/** The fields of a goal, for creating, assigning and editing alike. */
import type { GoalType } from '@pms/contract'
import type { ReactNode } from 'react'
import { PeoplePicker } from '../../shared/people-picker.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field, Input, Textarea } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { type GoalDraft, problemsOf } from './draft.ts'
import { yearsAround } from './filters.ts'
import { FrozenNotice } from './frozen.tsx'
import { ParentPicker } from './parent-picker.tsx'
import { UnitField } from './unit-field.tsx'
import { QUARTERS, TYPE_LABELS } from './words.ts'

interface Props {
  draft: GoalDraft
  onChange: (changes: Partial<GoalDraft>) => void
  onSubmit: () => void
  today: string
  /** What the server said of the last try. */
  error: unknown
  /** The types to choose from; with one there is no choice to show. */
  types?: readonly GoalType[]
  withAssignee?: boolean
  /** The buttons. */
  children: ReactNode
}

export function GoalForm(props: Props) {
  const { draft, onChange, onSubmit, today, error, types = [], withAssignee = false, children } = props
  return (
    <Form problems={problemsOf(draft, withAssignee)} error={error} onSubmit={onSubmit} buttons={children}>
      {errors => (
        <>
          {withAssignee && (
            <PeoplePicker
              label="Who is it for?"
              hint="Anyone below you who is active. Of several, each gets a goal of their own."
              from="team"
              value={draft.assignees}
              onChange={assignees => onChange({ assignees })}
              error={errors.assigned_to_user_id ?? errors.user_ids}
            />
          )}
          {types.length > 1 && (
            <Choice
              legend="Type"
              value={draft.type}
              options={types.map(type => ({ value: type, label: TYPE_LABELS[type] }))}
              onChange={type => onChange({ type })}
              error={errors.type}
            />
          )}
          {types.length > 1 && draft.type !== 'INDIVIDUAL' && (
            <UnitField draft={draft} onChange={onChange} error={errors.unit_id} />
          )}
          <Field label="Title" error={errors.title}>
            {control => (
              <Input
                {...control}
                value={draft.title}
                maxLength={200}
                required
                placeholder="What will be achieved?"
                onChange={event => onChange({ title: event.target.value })}
              />
            )}
          </Field>
          <Field label="Description" optional error={errors.description}>
            {control => (
              <Textarea
                {...control}
                value={draft.description}
                maxLength={5000}
                placeholder="Why it matters, and how one will know that it is done"
                onChange={event => onChange({ description: event.target.value })}
              />
            )}
          </Field>
          <div className="flex flex-wrap gap-x-6 gap-y-5 max-sm:*:w-full">
            <Choice
              legend="Year"
              value={String(draft.year)}
              options={yearsAround(Number(today.slice(0, 4)), draft.year).map(year => ({
                value: String(year),
                label: String(year),
              }))}
              onChange={year => onChange({ year: Number(year) })}
              error={errors.year}
            />
            {draft.type !== 'YEARLY' && (
              <Choice
                legend="Quarter"
                value={draft.quarter}
                options={QUARTERS.map(quarter => ({ value: quarter, label: quarter }))}
                onChange={quarter => onChange({ quarter })}
                error={errors.quarter}
              />
            )}
          </div>
          {draft.type !== 'YEARLY' && (
            <FrozenNotice of={draft} waits="Goals can be set for another quarter, or once it is unfrozen." />
          )}
          <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
            <Field label="Starts" optional error={errors.start_date}>
              {control => (
                <Input
                  {...control}
                  type="date"
                  value={draft.start_date}
                  onChange={event => onChange({ start_date: event.target.value })}
                />
              )}
            </Field>
            <Field label="Due" optional error={errors.end_date}>
              {control => (
                <Input
                  {...control}
                  type="date"
                  value={draft.end_date}
                  {...(draft.start_date ? { min: draft.start_date } : {})}
                  onChange={event => onChange({ end_date: event.target.value })}
                />
              )}
            </Field>
          </div>
          <ParentPicker
            value={draft.parent}
            onChange={parent => onChange({ parent })}
            error={errors.parent_goal_id}
          />
        </>
      )}
    </Form>
  )
}
