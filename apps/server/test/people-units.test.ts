/** The four levels of the organisation: building them, and what does not fit. */
import { type Unit, UnitPage } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Rest, startServer, type TestServer } from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import { createGoal, problemFields } from './goal-calls.ts'
import { hire } from './people-calls.ts'

let server: TestServer
let people: Awaited<ReturnType<TestServer['addOrganisation']>>
let asHana: Rest
let asJohn: Rest

beforeAll(async () => {
  server = await startServer()
  people = await server.addOrganisation()
  asHana = await server.as(people.hana)
  asJohn = await server.as(people.john)
})
afterAll(() => server.close())

const add = async (name: string, kind: string, parent: Unit | null = null) => {
  const { status, body } = await asHana.post<Unit>('/api/units', {
    name,
    kind,
    parent_id: parent?.id ?? null,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}
const find = async (rest: Rest, id: string) => {
  const { body } = await rest.get<UnitPage>('/api/units')
  expectConform(UnitPage, body)
  return body.items.find(unit => unit.id === id)
}

/** One of each level. */
async function tree(name: string) {
  const whole = await add(name, 'global')
  const directorate = await add(`${name} directorate`, 'directorate', whole)
  const department = await add(`${name} department`, 'department', directorate)
  return { whole, directorate, department, unit: await add(`${name} unit`, 'unit', department) }
}

test('come as a whole, or in parts', async () => {
  await tree('Part')
  const get = async (query: string) => (await asHana.get<UnitPage>(`/api/units${query}`)).body
  const { items, total, next_cursor } = await get('')
  expect([items.length, next_cursor]).toEqual([total, null])
  expect(await get('?limit=3')).toEqual({ items: items.slice(0, 3), total, next_cursor: '3' })
  expect(await get(`?skip=${total - 1}&limit=3`)).toEqual({
    items: items.slice(-1),
    total,
    next_cursor: null,
  })
  expect((await asHana.get('/api/units?skip=-1')).status).toBe(422)
})

test('are added level by level, renamed and moved', async () => {
  const one = await tree('One')
  const two = await tree('Two')
  expect(one.unit).toEqual({
    id: one.unit.id,
    name: 'One unit',
    kind: 'unit',
    parent_id: one.department.id,
    people: 0,
    allowed_actions: ['edit', 'delete'],
  })
  const { status, body } = await asHana.patch<Unit>(`/api/units/${one.unit.id}`, {
    name: 'Moved unit',
    parent_id: two.department.id,
  })
  expect([status, body.name, body.parent_id]).toEqual([200, 'Moved unit', two.department.id])
  const history = await asHana.get<{ items: { action: string }[] }>(`/api/audit?object_id=${one.unit.id}`)
  expect(history.body.items.map(({ action }) => action)).toEqual(['unit.edited', 'unit.created'])
})

describe('what does not fit is refused', () => {
  const LEVELS = ['global', 'directorate', 'department', 'unit'] as const

  test('each level belongs to the one before and to no other, also when it is moved', async () => {
    const { whole, directorate, department, unit } = await tree('Fit')
    const parents = { none: null, global: whole, directorate, department, unit }
    const fits = { global: 'none', directorate: 'global', department: 'directorate', unit: 'department' }
    for (const kind of LEVELS) {
      for (const [level, parent] of Object.entries(parents)) {
        const reply = await asHana.post<Problem>('/api/units', {
          name: `${kind} in ${level}`,
          kind,
          parent_id: parent?.id ?? null,
        })
        const must = fits[kind] === level ? 201 : 422
        expect(reply.status, `${kind} in ${level}`).toBe(must)
        if (must === 422) expect(problemFields(reply.body)).toEqual(['parent_id'])
      }
      const mine = kind === 'global' ? whole : parents[kind]
      for (const parent of [whole, directorate, department, unit]) {
        const reply = await asHana.patch<Problem>(`/api/units/${mine.id}`, { parent_id: parent.id })
        expect(reply.status, `${kind} moved into ${parent.kind}`).toBe(fits[kind] === parent.kind ? 200 : 422)
      }
    }
  })

  test.each([
    ['a blank name', { name: '  ' }, 'name'],
    ['no level', { kind: 'galaxy' }, 'kind'],
    ['no such parent', { kind: 'unit', parent_id: '01a2068e-b7fc-72c7-afb3-e2809c5cc3e1' }, 'parent_id'],
  ])('%s', async (_what, wrong, field) => {
    const reply = await asHana.post<Problem>('/api/units', { name: 'Some', kind: 'global', ...wrong })
    expect([reply.status, problemFields(reply.body)]).toEqual([422, [field]])
  })

  test('nothing to change, nobody there', async () => {
    const nobody = '01a2068e-b7fc-72c7-afb3-e2809c5cc3e1'
    expect((await asHana.patch(`/api/units/${nobody}`, {})).status).toBe(422)
    expect((await asHana.patch(`/api/units/${nobody}`, { name: 'Some' })).status).toBe(404)
    expect((await asHana.delete(`/api/units/${nobody}`)).status).toBe(404)
  })
})

describe('are deleted when they are empty', () => {
  const remove = (unit: Unit) => asHana.delete<Problem>(`/api/units/${unit.id}`)

  test('and not before: what is below, who belongs to it, what is kept for it', async () => {
    const { department, unit } = await tree('Full')
    expect((await find(asHana, department.id))?.allowed_actions).toEqual(['edit'])
    const child = await remove(department)
    expect([child.status, child.body.code, child.body.detail]).toEqual([
      409,
      'not_empty',
      'Full unit belongs to Full department: only what is empty is deleted',
    ])

    const nia = await hire(asHana, { name: 'Nia Obi', email: 'nia@example.test', unit_id: unit.id })
    expect(await find(asHana, unit.id)).toMatchObject({ people: 1, allowed_actions: ['edit'] })
    await asHana.put(`/api/users/${nia.id}/archive`, {})
    // Who has left is not counted, and still is in the records.
    expect(await find(asHana, unit.id)).toMatchObject({ people: 0, allowed_actions: ['edit'] })
    expect((await remove(unit)).status).toBe(409)

    const other = await add('Goal keeper', 'unit', department)
    await createGoal(asHana, { type: 'QUARTERLY', unit_id: other.id })
    const kept = await remove(other)
    expect([kept.status, kept.body.code]).toEqual([409, 'not_empty'])
    expect(await find(asHana, other.id)).toBeDefined()
  })

  test('and are gone', async () => {
    const { unit } = await tree('Gone')
    expect((await remove(unit)).status).toBe(200)
    expect(await find(asHana, unit.id)).toBeUndefined()
    expect((await remove(unit)).status).toBe(404)
  })
})

test('only who keeps accounts builds; everybody sees', async () => {
  const { unit } = await tree('Seen')
  expect(await find(asJohn, unit.id)).toMatchObject({ name: 'Seen unit', allowed_actions: [] })
  for (const rest of [asJohn, await server.as(people.jane)]) {
    expect((await rest.post('/api/units', { name: 'Mine', kind: 'global' })).status).toBe(403)
    expect((await rest.patch(`/api/units/${unit.id}`, { name: 'Mine' })).status).toBe(403)
    expect((await rest.delete(`/api/units/${unit.id}`)).status).toBe(403)
  }
  for (const rest of [
    await server.as(people.ada),
    await server.as(await server.addPerson('Adam', { role: 'admin' })),
  ])
    expect((await rest.patch(`/api/units/${unit.id}`, { name: 'Seen unit' })).status).toBe(200)
})
