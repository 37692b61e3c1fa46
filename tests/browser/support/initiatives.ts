/** Initiatives made by REST, where a test is about something else than the form. */
import type { Initiative } from '../../../apps/contract/src/index.ts'
import type { Person, TestServer } from '../../../apps/server/src/testing/index.ts'

type Details = Partial<Pick<Initiative, 'urgency' | 'due_date' | 'description' | 'type'>> & {
  assignee_ids?: string[]
  head_id?: string
}

/** A day that is so many days away, as the server's clock has it. */
export const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

const details = (title: string, more: Details) => ({
  type: 'INDIVIDUAL',
  urgency: 'MEDIUM',
  due_date: dayIn(20),
  ...more,
  title,
})

/** One's own, which asks the supervisor for approval. */
export async function propose(server: TestServer, by: Person, title: string, more: Details = {}) {
  const rest = await server.as(by)
  return idOf(await rest.post<{ id: string }>('/api/initiatives', details(title, more)))
}

/** For somebody below, who can start at once. */
export async function assign(server: TestServer, by: Person, to: Person, title: string, more: Details = {}) {
  const rest = await server.as(by)
  const body = { ...details(title, more), assignee_ids: more.assignee_ids ?? [to.id] }
  return idOf(await rest.post<{ id: string }>('/api/initiatives/assign', body))
}

/** Does something to an initiative: `start`, `submit` with a report, `review` with a score … */
export async function act(server: TestServer, by: Person, id: string, action: string, body: object = {}) {
  const rest = await server.as(by)
  idOf(await rest.put<{ id: string }>(`/api/initiatives/${id}/${action}`, body))
}

export async function askForTime(server: TestServer, by: Person, id: string, days: number, reason: string) {
  const rest = await server.as(by)
  idOf(
    await rest.post<{ id: string }>(`/api/initiatives/${id}/extensions`, {
      new_due_date: dayIn(days),
      reason,
    }),
  )
}

function idOf({ status, body }: { status: number; body: { id: string } }): string {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body.id
}
