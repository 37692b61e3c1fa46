/** Chooses several people, all of them alike. */
import { X } from 'lucide-react'
import { Avatar } from '../ui/avatar.tsx'
import { Field } from '../ui/field.tsx'
import { MultiCombobox } from '../ui/multi-combobox.tsx'
import type { Candidate } from './people.ts'
import { Choosable, useCandidates } from './person-picker.tsx'

interface Props {
  label: string
  hint?: string
  error: string | undefined
  /** Whom to choose from. */
  from: 'all' | 'team'
  value: readonly Candidate[]
  onChange: (value: Candidate[]) => void
}

export function PeoplePicker({ label, hint, error, from, value, onChange }: Props) {
  const candidates = useCandidates(from)
  return (
    <div>
      <Field label={label} hint={hint} error={error}>
        {control => (
          <MultiCombobox control={control} value={value} onChange={onChange} {...candidates}>
            {person => <Choosable person={person} />}
          </MultiCombobox>
        )}
      </Field>
      {value.length > 0 && (
        <ul aria-label={`Chosen: ${label}`} className="mt-2 flex max-h-44 flex-wrap gap-1.5 overflow-y-auto">
          {value.map(person => (
            <li
              key={person.id}
              className="flex h-7 items-center gap-1.5 rounded-full border border-line bg-sunken pl-1 text-sm touch:h-11"
            >
              <Avatar name={person.name} size="sm" />
              {person.name}
              <button
                type="button"
                aria-label={`Remove ${person.name}`}
                onClick={() => onChange(value.filter(one => one.id !== person.id))}
                className="flex size-6 items-center justify-center rounded-full text-subtle hover:text-ink touch:size-11"
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
