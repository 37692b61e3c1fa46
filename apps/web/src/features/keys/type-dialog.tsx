/** Registers a type of notification, or says an existing one otherwise from now on. */
import type { NotificationType } from '@pms/contract'
import { X } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Field, Input, Textarea } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { useSaveType } from './actions.ts'
import {
  allFields,
  bodyOf,
  draftOf,
  emptyType,
  KINDS,
  type Kind,
  kindOf,
  problemsOf,
  type TypeDraft,
} from './type-draft.ts'

const PRIORITIES: readonly { value: TypeDraft['priority']; label: string }[] = [
  { value: 'low', label: 'Low' },
  { value: 'medium', label: 'Medium' },
  { value: 'high', label: 'High' },
  { value: 'urgent', label: 'Urgent' },
]

/** @param type the one that is replaced; without it a new one is registered */
export function TypeDialog({ type, onClose }: { type?: NotificationType; onClose: () => void }) {
  const save = useSaveType()
  const [draft, setDraft] = useState(() => (type ? draftOf(type) : emptyType))
  const change = (changes: Partial<TypeDraft>) => setDraft(before => ({ ...before, ...changes }))
  return (
    <DialogForm
      wide
      title={type ? `Change ${type.type}` : 'New notification type'}
      description={
        type
          ? 'It holds for what is raised from now on. What people have stays as they read it.'
          : 'What another system tells people of. {month} in a text stands for a field that it must send along.'
      }
      confirm={type ? 'Save type' : 'Register type'}
      problems={problemsOf(draft)}
      onConfirm={() => save.mutateAsync({ body: bodyOf(draft), isNew: !type })}
      onClose={onClose}
    >
      {errors => (
        <>
          {!type && (
            <Field label="Name" hint="Other systems raise it by this name." error={errors.type}>
              {control => (
                <Input
                  {...control}
                  value={draft.type}
                  maxLength={60}
                  autoComplete="off"
                  required
                  placeholder="payslip_ready"
                  onChange={event => change({ type: event.target.value })}
                />
              )}
            </Field>
          )}
          <Choice
            legend="Priority"
            value={draft.priority}
            options={PRIORITIES}
            onChange={priority => change({ priority })}
            error={errors.priority}
          />
          <Field label="Title" error={errors.title}>
            {control => (
              <Input
                {...control}
                value={draft.title}
                maxLength={150}
                required
                placeholder="Payslip ready"
                onChange={event => change({ title: event.target.value })}
              />
            )}
          </Field>
          <Field label="Message" error={errors.message}>
            {control => (
              <Textarea
                {...control}
                value={draft.message}
                maxLength={1000}
                required
                placeholder="Your payslip of {month} is ready."
                onChange={event => change({ message: event.target.value })}
              />
            )}
          </Field>
          <Field
            label="Leads to"
            optional
            hint="A path on this site, such as /payslips/{id}."
            error={errors.action_url}
          >
            {control => (
              <Input
                {...control}
                value={draft.action_url}
                maxLength={300}
                onChange={event => change({ action_url: event.target.value })}
              />
            )}
          </Field>
          <DataFields draft={draft} change={change} />
        </>
      )}
    </DialogForm>
  )
}

interface DataProps {
  draft: TypeDraft
  change: (changes: Partial<TypeDraft>) => void
}

/** What a system sends along: the fields that the texts name come by themselves. */
function DataFields({ draft, change }: DataProps) {
  const fields = allFields(draft)
  if (fields.length === 0) return null
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">What is sent along</legend>
      <ul className="divide-y divide-line rounded-md border border-line">
        {fields.map(({ name, field, inTexts }) => (
          <li key={name} className="flex min-h-11 items-center gap-3 py-1 pr-1 pl-3 text-sm">
            <code className="min-w-0 flex-1 break-words">{name}</code>
            <Select
              aria-label={`Kind of ${name}`}
              value={kindOf(field)}
              onChange={event =>
                change({ fields: { ...draft.fields, [name]: KINDS[event.target.value as Kind].field } })
              }
              className="w-36!"
            >
              {Object.entries(KINDS).map(([kind, { label }]) => (
                <option key={kind} value={kind}>
                  {label}
                </option>
              ))}
            </Select>
            {inTexts ? (
              <span className="size-8 touch:size-11" />
            ) : (
              <IconButton
                label={`Remove ${name}`}
                onClick={() => {
                  const { [name]: _, ...others } = draft.fields
                  change({ fields: others, required: draft.required.filter(one => one !== name) })
                }}
              >
                <X aria-hidden="true" className="size-4" />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
