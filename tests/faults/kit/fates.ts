/** The other judge: whether what was answered is what happened. */
import { expect } from 'vitest'
import { ask } from '../../services/postgres.ts'
import type { Journal } from './writer.ts'

/** What was done is there, once; what was refused is not; of the rest nobody said anything, and it is there once or not. */
export async function expectFates(databaseUrl: string, { goals, decisions }: Journal): Promise<void> {
  const rows = (await ask(databaseUrl, 'select id, title, status from goals')) as {
    id: string
    title: string
    status: string
  }[]
  const titles = Map.groupBy(rows, ({ title }) => title)
  const timesOf = (title: string) => titles.get(title)?.length ?? 0
  const of = (fate: string) => [...goals].filter(([, its]) => its === fate).map(([title]) => title)
  expect(
    of('done').filter(title => timesOf(title) === 0),
    'answered as done, and not there',
  ).toEqual([])
  expect(
    of('refused').filter(title => timesOf(title) > 0),
    'answered as refused, and there',
  ).toEqual([])
  expect(
    [...goals.keys()].filter(title => timesOf(title) > 1),
    'there more than once',
  ).toEqual([])

  const statuses = new Map(rows.map(({ id, status }) => [id, status]))
  const wrong = [...decisions].filter(([goal, { status, fate }]) => {
    const is = statuses.get(goal)
    return (fate === 'done' && is !== status) || (fate === 'refused' && is !== 'PENDING_APPROVAL')
  })
  expect(
    wrong.map(([goal, decision]) => ({ ...decision, is: statuses.get(goal) })),
    'decisions that became something else than was answered',
  ).toEqual([])
}
