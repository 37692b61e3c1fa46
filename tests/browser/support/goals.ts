/** Goals made by REST, where a test is about something else than the form. */
import type { Person, TestServer } from '../../../apps/server/src/testing/index.ts'

/** Of the goals that are made here: one that every form offers, whenever the tests are run. */
export const YEAR = new Date().getUTCFullYear()

const PERIOD = { type: 'INDIVIDUAL', quarter: 'Q1', year: YEAR }

/** A goal of one's own, which asks the supervisor for approval. */
export async function createGoal(server: TestServer, owner: Person, title: string): Promise<string> {
  const rest = await server.as(owner)
  return idOf(await rest.post<{ id: string }>('/api/goals', { ...PERIOD, title }))
}

/** A goal for somebody else, who is asked to accept it. */
export async function assignGoal(
  server: TestServer,
  supervisor: Person,
  owner: Person,
  title: string,
): Promise<string> {
  const rest = await server.as(supervisor)
  const body = { ...PERIOD, title, assigned_to_user_id: owner.id }
  return idOf(await rest.post<{ id: string }>('/api/goals/assign', body))
}

export async function approveGoal(server: TestServer, supervisor: Person, id: string): Promise<void> {
  const rest = await server.as(supervisor)
  idOf(await rest.put<{ id: string }>(`/api/goals/${id}/approve`))
}

function idOf({ status, body }: { status: number; body: { id: string } }): string {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body.id
}
