/** The fields of an initiative, for proposing, assigning and editing alike. */
import type { ReactNode } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { GroupPicker, PersonPicker } from '../../shared/person-picker.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field, Input, Textarea } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { type InitiativeDraft, problemsOf } from './draft.ts'
import { GoalPicker } from './goal-picker.tsx'
import { URGENCIES, URGENCY_LABELS } from './words.ts'

interface Props {
  draft: InitiativeDraft
  onChange: (changes: Partial<InitiativeDraft>) => void
  onSubmit: () => void
  today: string
  /** What the server said of the last try. */
  error: unknown
  /** To people below, not for oneself. */
  assigns?: boolean
  /** Whether it can still be made one person's or a group's. */
  withType?: boolean
  /** The buttons. */
  children: ReactNode
}

export function InitiativeForm(props: Props) {
  const { draft, onChange, onSubmit, today, error, assigns = false, withType = false, children } = props
  return (
    <Form
      problems={problemsOf(draft, { today, assigns })}
      error={error}
      onSubmit={onSubmit}
      buttons={children}
    >
      {errors => (
        <>
          {withType && (
            <Choice
              legend="Who works on it?"
              value={draft.type}
              options={[
                { value: 'INDIVIDUAL', label: assigns ? 'One person' : 'Only me' },
                { value: 'GROUP', label: 'A group' },
              ]}
              onChange={type => onChange({ type })}
              error={errors.type}
            />
          )}
          <Hands draft={draft} onChange={onChange} errors={errors} assigns={assigns} />
          <Field label="Title" error={errors.title}>
            {control => (
              <Input
                {...control}
                value={draft.title}
                maxLength={200}
                required
                placeholder="What will be done?"
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
                placeholder="What it is for, and what will be there in the end"
                onChange={event => onChange({ description: event.target.value })}
              />
            )}
          </Field>
          <div className="flex flex-wrap gap-x-6 gap-y-5 max-sm:*:w-full">
            <Choice
              legend="Urgency"
              value={draft.urgency}
              options={URGENCIES.map(value => ({ value, label: URGENCY_LABELS[value] }))}
              onChange={urgency => onChange({ urgency })}
              error={errors.urgency}
            />
            <Field label="Due" error={errors.due_date} className="sm:min-w-44 sm:flex-1">
              {control => (
                <Input
                  {...control}
                  type="date"
                  value={draft.due_date}
                  min={today}
                  required
                  onChange={event => onChange({ due_date: event.target.value })}
                />
              )}
            </Field>
          </div>
          <GoalPicker value={draft.goal} onChange={goal => onChange({ goal })} error={errors.goal_id} />
        </>
      )}
    </Form>
  )
}

interface HandsProps extends Pick<Props, 'draft' | 'onChange'> {
  errors: Record<string, string>
  assigns: boolean
}

/** Who is to do it. Whoever proposes for a group is part of it. */
function Hands({ draft, onChange, errors, assigns }: HandsProps) {
  const me = useMe()
  if (draft.type === 'GROUP')
    return (
      <GroupPicker
        label="Group"
        hint={assigns ? 'Anyone below you who is active.' : 'You and whom you ask to take part.'}
        from={assigns ? 'team' : 'all'}
        value={draft.people}
        headId={draft.headId}
        {...(assigns ? {} : { fixedId: me.id })}
        onChange={(people, headId) => onChange({ people, headId })}
        error={errors.assignee_ids}
        headError={errors.head_id}
      />
    )
  if (!assigns) return null
  const [person = null] = draft.people
  return (
    <PersonPicker
      label="Who is it for?"
      hint="Anyone below you who is active."
      from="team"
      value={person}
      onChange={next => onChange({ people: next ? [next] : [], headId: next?.id ?? null })}
      error={errors.assignee_ids}
    />
  )
}
