import { expect, test } from 'vitest'
import { choosePresenter } from '../src/shared/presenter.ts'
import { createTabs, type TestTab } from './tabs.ts'

const last = (tab: TestTab) => tab.told.at(-1)?.presentation

async function three() {
  const tabs = createTabs()
  const made = [tabs.open({ visible: false })]
  await tabs.pass()
  made.push(tabs.open({ visible: false }), tabs.open({ visible: false }))
  await tabs.pass()
  const [leader, one, other] = made as [TestTab, TestTab, TestTab]
  const arrive = async () => {
    tabs.truth.create()
    await tabs.pass()
    return [leader, one, other].map(last)
  }
  return { ...tabs, leader, one, other, arrive }
}

test('the focused tab presents; else the visible one looked at last; else the leader, in the background', async () => {
  const { leader, one, other, arrive, pass } = await three()
  expect(await arrive()).toEqual(['background', 'none', 'none'])
  one.page.show()
  await pass()
  expect(await arrive()).toEqual(['none', 'full', 'none'])
  other.page.show()
  await pass()
  expect(await arrive()).toEqual(['none', 'none', 'full'])
  one.page.focus()
  await pass()
  expect(await arrive()).toEqual(['none', 'full', 'none'])
  one.page.blur()
  await pass()
  expect(await arrive()).toEqual(['none', 'full', 'none'])
  leader.page.focus()
  await pass()
  expect(await arrive()).toEqual(['full', 'none', 'none'])
  for (const tab of [leader, one]) tab.page.hide()
  await pass()
  expect(await arrive()).toEqual(['none', 'none', 'full'])
})

test('what came while away is told once over all tabs', async () => {
  const { server, truth, one, other, leader, pass } = await three()
  one.page.focus()
  server.connection.drop()
  for (let n = 0; n < 3; n++) truth.create()
  await pass(40_000)
  expect(one.told).toMatchObject([{ presentation: 'full', together: true, ids: { length: 3 } }])
  for (const tab of [leader, other])
    expect(tab.told).toMatchObject([{ presentation: 'none', ids: { length: 3 } }])
})

test('a tab that is gone is not chosen, though it said no word', async () => {
  const { one, other, arrive, pass } = await three()
  other.page.show()
  await pass()
  one.page.focus()
  await pass()
  one.page.crash()
  await arrive()
  expect(one.told.length).toBe(0)
  expect(last(other)).toBe('full')
})

test.each(['crash', 'close'] as const)(
  'what a tab was to present and did not before its end (%s) another one presents',
  async way => {
    const { one, other, truth, pass } = await three()
    other.page.show()
    await pass()
    one.page.focus()
    await pass()
    one.page.hang()
    truth.create()
    await pass()
    expect(last(other)).toBe('none')
    one.page[way]()
    await pass(4_000)
    expect(other.told.map(({ presentation }) => presentation)).toEqual(['none', 'full'])
  },
)

test('and also when the leader that had assigned it is gone as well', async () => {
  const { leader, one, other, truth, pass } = await three()
  other.page.show()
  await pass()
  one.page.focus()
  await pass()
  one.page.hang()
  truth.create()
  await pass()
  leader.page.crash()
  one.page.crash()
  await pass(4_000)
  expect(other.told.map(({ presentation }) => presentation)).toEqual(['none', 'full'])
})

test('what is presented is not presented again when the lead changes', async () => {
  const { leader, one, other, arrive, pass } = await three()
  one.page.focus()
  await pass()
  await arrive()
  leader.page.close()
  await pass(5_000)
  one.page.close()
  await pass(5_000)
  expect(one.presented.length).toBe(1)
  expect(other.presented.length).toBe(0)
  expect(other.status()).toBe('live')
})

test('a new tab does not swallow what nobody was told: it came while no tab had a connection', async () => {
  const { server, truth, leader, one, other, pass, open } = await three()
  one.page.focus()
  await pass()
  const { connected } = server.script
  server.script.connected = connection => connection.close(1006)
  server.connection.close(1006)
  await pass(1_000)
  const item = truth.create()
  const fresh = open()
  await pass(1_000)
  expect(fresh.inbox.getSnapshot().version).toBe(1)
  for (const tab of [leader, other]) tab.page.crash()
  server.script.connected = connected
  await pass(40_000)
  expect(one.presented).toEqual([item.id])
  expect(fresh.presented).toEqual([])
})

test('of tabs that all believe to be focused, the one looked at last', () => {
  const look = (visible: boolean, focused: boolean, lookedAt: number) => ({ visible, focused, lookedAt })
  const tabs = new Map([
    ['a', look(true, true, 1)],
    ['b', look(true, true, 2)],
    ['c', look(true, false, 3)],
    ['d', look(false, false, 4)],
  ])
  expect(choosePresenter('d', tabs)).toEqual({ presenter: 'b', presentation: 'full' })
})
