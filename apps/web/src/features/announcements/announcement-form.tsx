/** The fields of an announcement, for writing and editing alike, with how it will look beside them. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { UnitSelect } from '../../shared/unit-select.tsx'
import { unitsQuery } from '../../shared/units.ts'
import { Choice } from '../../ui/choice.tsx'
import { Field, Input, Textarea } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { PageHeading } from '../../ui/page.tsx'
import { counted } from '../../ui/words.ts'
import { type AnnouncementDraft, problemsOf } from './draft.ts'
import { Preview } from './preview.tsx'
import { audienceSizeQuery } from './queries.ts'
import {
  AUDIENCE_LABELS,
  AUDIENCES,
  audienceWords,
  PRIORITIES,
  PRIORITY_LABELS,
  ROLE_GROUPS,
  ROLES,
} from './words.ts'

interface Props {
  title: string
  lead: string
  draft: AnnouncementDraft
  onChange: (changes: Partial<AnnouncementDraft>) => void
  onSubmit: () => void
  /** What the server said of the last try. */
  error: unknown
  /** The buttons. */
  children: ReactNode
}

export function AnnouncementForm({ title, lead, draft, onChange, onSubmit, error, children }: Props) {
  const units = useQuery(unitsQuery).data ?? []
  const { audience, unit_id, role } = draft
  const unit = units.find(({ id }) => id === unit_id) ?? null
  const size = useQuery(
    audienceSizeQuery(audience, audience === 'unit' ? unit_id : null, audience === 'role' ? role : null),
  ).data
  const words = audienceWords({ audience, unit, role })
  const reach = size === undefined ? words : `${words}: about ${counted(size, 'person', 'people')}`
  return (
    <div className="mx-auto grid max-w-[1040px] gap-x-12 gap-y-8 px-4 py-8 sm:px-6 sm:py-10 lg:grid-cols-[minmax(0,1fr)_360px]">
      <div className="min-w-0">
        <PageHeading title={title} className="text-2xl" />
        <p className="mt-1 mb-8 text-sm text-muted">{lead}</p>
        <Form problems={problemsOf(draft)} error={error} onSubmit={onSubmit} buttons={children}>
          {errors => (
            <>
              <Field label="Title" error={errors.title}>
                {control => (
                  <Input
                    {...control}
                    value={draft.title}
                    maxLength={200}
                    required
                    placeholder="What is it about?"
                    onChange={event => onChange({ title: event.target.value })}
                  />
                )}
              </Field>
              <Field
                label="Message"
                error={errors.body}
                hint={
                  draft.body.length > 1800 ? `${2000 - draft.body.length} characters are left.` : undefined
                }
              >
                {control => (
                  <Textarea
                    {...control}
                    value={draft.body}
                    maxLength={2000}
                    required
                    className="min-h-36"
                    placeholder="What there is to know, and what to do about it"
                    onChange={event => onChange({ body: event.target.value })}
                  />
                )}
              </Field>
              <Choice
                legend="Who is it for?"
                value={audience}
                options={AUDIENCES.map(value => ({ value, label: AUDIENCE_LABELS[value] }))}
                onChange={next => onChange({ audience: next })}
                error={errors.audience}
              />
              {audience === 'unit' && (
                <Field label="Unit" hint="And every unit below it." error={errors.unit_id}>
                  {control => (
                    <UnitSelect
                      {...control}
                      none="Choose a unit"
                      value={unit_id ?? ''}
                      onChange={event => onChange({ unit_id: event.target.value || null })}
                    />
                  )}
                </Field>
              )}
              {audience === 'role' && (
                <Choice
                  legend="Role"
                  value={role}
                  options={ROLES.map(value => ({ value, label: ROLE_GROUPS[value] }))}
                  onChange={next => onChange({ role: next })}
                  error={errors.role}
                />
              )}
              <Choice
                legend="Priority"
                value={draft.priority}
                options={PRIORITIES.map(value => ({ value, label: PRIORITY_LABELS[value] }))}
                onChange={priority => onChange({ priority })}
                error={errors.priority}
              />
              <label className="flex cursor-pointer gap-3 touch:min-h-11">
                <input
                  type="checkbox"
                  checked={draft.requires_acknowledgement}
                  onChange={event => onChange({ requires_acknowledgement: event.target.checked })}
                  className="mt-1 size-4 shrink-0 accent-(--accent)"
                />
                <span>
                  <span className="block text-sm font-medium">Ask everybody to acknowledge it</span>
                  <span className="block text-sm text-muted text-pretty">
                    It waits in their inbox until they do, and you see who has.
                  </span>
                </span>
              </label>
            </>
          )}
        </Form>
      </div>
      <div className="min-w-0 lg:sticky lg:top-24 lg:self-start lg:pt-[88px]">
        <Preview draft={draft} audience={reach} />
      </div>
    </div>
  )
}
