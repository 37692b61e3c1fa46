/** The goals and initiatives of one person, as whoever asks may see them. */
import type { GoalPage, InitiativePage } from '@pms/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type addOrganisation, type Person, startServer, type TestServer } from '../src/testing/index.ts'
import { createGoal } from './goal-calls.ts'
import { propose, proposeGroup } from './initiative-calls.ts'

let server: TestServer
let cast: Awaited<ReturnType<typeof addOrganisation>>

beforeAll(async () => {
  server = await startServer()
  cast = await server.addOrganisation()
  const [john, jane] = [await server.as(cast.john), await server.as(cast.jane)]
  const later = { due_date: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10) }
  await createGoal(john, { title: "John's" })
  await createGoal(jane, { title: "Jane's" })
  await propose(john, { ...later, title: "John's" })
  await propose(jane, { ...later, title: "Jane's" })
  await proposeGroup(jane, [cast.jane, cast.john], { ...later, title: 'Of both' })
})
afterAll(() => server.close())

async function titles(by: Person, path: string): Promise<string[]> {
  const rest = await server.as(by)
  const { body } = await rest.get<GoalPage | InitiativePage>(path)
  return body.items.map(item => item.title).sort()
}

test('goals of one owner, to whoever may see them', async () => {
  const path = `/api/goals?owner_id=${cast.john.id}`
  expect(await titles(cast.jane, path)).toEqual(["John's"])
  expect(await titles(cast.john, path)).toEqual(["John's"])
  expect(await titles(cast.john, `/api/goals?owner_id=${cast.jane.id}`)).toEqual([])
})

test('initiatives of one of those who work on them, to whoever may see them', async () => {
  const path = `/api/initiatives?assignee_id=${cast.john.id}`
  expect(await titles(cast.jane, path)).toEqual(["John's", 'Of both'])
  expect(await titles(cast.john, `/api/initiatives?assignee_id=${cast.jane.id}`)).toEqual(['Of both'])
})
