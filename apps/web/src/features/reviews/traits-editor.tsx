/** What is asked: traits, and the questions to each. */
import { ChevronDown, ChevronUp, Plus, Trash2 } from 'lucide-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field, Input } from '../../ui/field.tsx'
import {
  moved,
  newQuestion,
  newTrait,
  type QuestionDraft,
  questionField,
  type TraitDraft,
  traitField,
} from './cycle-draft.ts'

interface Props {
  traits: TraitDraft[]
  onChange: (traits: TraitDraft[]) => void
  errors: Record<string, string>
}

/** As many as the server takes. */
const MAX_TRAITS = 30
const MAX_QUESTIONS = 50

export function TraitsEditor({ traits, onChange, errors }: Props) {
  const change = (index: number, next: TraitDraft) => onChange(traits.with(index, next))
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Questions</legend>
      <p className="mb-4 text-sm text-muted">
        Grouped by trait. Each is answered with a rating from 1 to 5 and a comment.
      </p>
      <div className="space-y-7">
        {traits.map((trait, index) => (
          <Trait
            key={trait.key}
            trait={trait}
            number={index + 1}
            onChange={next => change(index, next)}
            onMove={traits.length > 1 ? step => onChange(moved(traits, index, step)) : undefined}
            isFirst={index === 0}
            isLast={index === traits.length - 1}
            onRemove={() => onChange(traits.filter(one => one !== trait))}
            errors={errors}
          />
        ))}
      </div>
      {traits.length < MAX_TRAITS && (
        <Button className="mt-5" onClick={() => onChange([...traits, newTrait()])}>
          <Plus aria-hidden="true" className="size-4 text-muted" />
          Add trait
        </Button>
      )}
    </fieldset>
  )
}

interface TraitProps {
  trait: TraitDraft
  number: number
  onChange: (trait: TraitDraft) => void
  onMove: ((step: 1 | -1) => void) | undefined
  isFirst: boolean
  isLast: boolean
  onRemove: () => void
  errors: Record<string, string>
}

function Trait({ trait, number, onChange, onMove, isFirst, isLast, onRemove, errors }: TraitProps) {
  const { questions } = trait
  const name = trait.name.trim() || `trait ${number}`
  const change = (index: number, next: Partial<QuestionDraft>) => {
    const old = questions[index]
    if (old) onChange({ ...trait, questions: questions.with(index, { ...old, ...next }) })
  }
  return (
    <div className="border-l-2 border-line pl-4">
      <div className="flex items-end gap-1">
        <Field label={`Trait ${number}`} error={errors[traitField(trait.key)]} className="min-w-0 flex-1">
          {control => (
            <Input
              {...control}
              value={trait.name}
              maxLength={100}
              placeholder="Teamwork"
              className="font-medium"
              onChange={event => onChange({ ...trait, name: event.target.value })}
            />
          )}
        </Field>
        {onMove && (
          <>
            <IconButton label={`Move ${name} up`} disabled={isFirst} onClick={() => onMove(-1)}>
              <ChevronUp aria-hidden="true" className="size-4" />
            </IconButton>
            <IconButton label={`Move ${name} down`} disabled={isLast} onClick={() => onMove(1)}>
              <ChevronDown aria-hidden="true" className="size-4" />
            </IconButton>
          </>
        )}
        <IconButton label={`Remove ${name}`} onClick={onRemove}>
          <Trash2 aria-hidden="true" className="size-4" />
        </IconButton>
      </div>
      <ul className="mt-2 space-y-2">
        {questions.map((question, index) => (
          <li key={question.key}>
            <div className="flex items-center gap-1 max-sm:flex-wrap">
              <Input
                aria-label={`Question ${index + 1} of ${name}`}
                aria-invalid={errors[questionField(question.key)] ? true : undefined}
                value={question.text}
                maxLength={1000}
                placeholder="Shares what they know"
                className="min-w-0 flex-1"
                onChange={event => change(index, { text: event.target.value })}
              />
              <label className="flex h-9 shrink-0 cursor-pointer items-center gap-1.5 px-2 text-sm text-muted has-checked:text-ink max-sm:order-last touch:h-11">
                <input
                  type="checkbox"
                  checked={question.required}
                  onChange={event => change(index, { required: event.target.checked })}
                  aria-label={`Question ${index + 1} of ${name} is required`}
                  className="size-4 accent-(--accent)"
                />
                Required
              </label>
              <IconButton
                label={`Remove question ${index + 1} of ${name}`}
                disabled={questions.length === 1}
                onClick={() => onChange({ ...trait, questions: questions.filter(one => one !== question) })}
              >
                <Trash2 aria-hidden="true" className="size-4" />
              </IconButton>
            </div>
            {errors[questionField(question.key)] && (
              <p className="mt-1 text-sm text-danger-text">{errors[questionField(question.key)]}</p>
            )}
          </li>
        ))}
      </ul>
      {questions.length < MAX_QUESTIONS && (
        <Button
          variant="ghost"
          className="mt-1.5 -ml-3"
          onClick={() => onChange({ ...trait, questions: [...questions, newQuestion()] })}
        >
          <Plus aria-hidden="true" className="size-4" />
          Add question
        </Button>
      )}
    </div>
  )
}
