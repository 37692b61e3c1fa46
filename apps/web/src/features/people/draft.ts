/** A person as a form holds them, and what of it goes to the server. Pure. */
import type { CreateUserBody, EditUserBody, Role, UserProfile } from '@pms/contract'
import type { Candidate } from '../../shared/people.ts'

export interface PersonDraft {
  name: string
  email: string
  job_title: string
  unit_id: string
  supervisor: Candidate | null
  role: Role
}

export const emptyPerson: PersonDraft = {
  name: '',
  email: '',
  job_title: '',
  unit_id: '',
  supervisor: null,
  role: 'staff',
}

export const draftOf = ({ name, email, job_title, unit, supervisor, role }: UserProfile): PersonDraft => ({
  name,
  email,
  job_title,
  unit_id: unit?.id ?? '',
  supervisor: supervisor && { ...supervisor, job_title: '' },
  role,
})

export function problemsOf({ name, email }: PersonDraft): Record<string, string> {
  const problems: Record<string, string> = {}
  if (!name.trim()) problems.name = 'Please write a name.'
  if (!/^[^\s@]+@[^\s@]+$/.test(email.trim()))
    problems.email = 'Please write an address like name@example.org.'
  return problems
}

const details = ({ name, email, job_title, unit_id, supervisor }: PersonDraft) => ({
  name: name.trim(),
  email: email.trim(),
  job_title: job_title.trim(),
  unit_id: unit_id || null,
  supervisor_id: supervisor?.id ?? null,
})

export const bodyOf = (draft: PersonDraft): CreateUserBody => ({ ...details(draft), role: draft.role })

/** Only what was changed here: what others change meanwhile stays as they made it. */
export function changesOf(before: PersonDraft, after: PersonDraft): EditUserBody {
  const old: Record<string, unknown> = details(before)
  return Object.fromEntries(Object.entries(details(after)).filter(([name, value]) => value !== old[name]))
}
