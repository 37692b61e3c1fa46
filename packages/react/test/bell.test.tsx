// @vitest-environment jsdom
import { settle } from '@pms/client/testing'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { Bell, InboxProvider } from '../src/index.ts'
import { makeInbox, type Page, show } from './harness.tsx'

afterEach(cleanup)

async function openBell(page: Page, onOpen = vi.fn()) {
  await show(page, <Bell onOpen={onOpen} />)
  fireEvent.click(screen.getByRole('button', { name: /^Notifications/ }))
  await screen.findByRole('dialog')
  return onOpen
}

const rows = () => screen.queryAllByRole('listitem')
const openButton = (row: HTMLElement | undefined) =>
  within(row ?? document.body).getAllByRole('button')[0] as HTMLElement
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key })

test('the badge follows the store, whoever changes it', async () => {
  const page = makeInbox(2)
  await show(page, <Bell onOpen={() => {}} />)
  expect(screen.getByRole('button', { name: 'Notifications, 2 unread. Live' }).textContent).toBe('2')
  act(() => void page.truth.create())
  expect(screen.getByRole('button').textContent).toBe('3')
  act(() => void page.truth.readAll())
  expect(screen.getByRole('button', { name: 'Notifications. Live' }).textContent).toBe('')
})

test('more than 99 are shown as 99+', async () => {
  const page = makeInbox(120)
  await show(page, <Bell onOpen={() => {}} />)
  expect(screen.getByRole('button', { name: /120 unread/ }).textContent).toBe('99+')
})

test('the connection is said in words when it is not live', async () => {
  const page = makeInbox()
  await openBell(page)
  act(() => page.server.connection.close(4403))
  expect(screen.getByText('Not connected')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Notifications. Not connected' })).toBeTruthy()
})

test('opening one marks it read, closes the panel and tells the application', async () => {
  const page = makeInbox(3)
  const onOpen = await openBell(page)
  fireEvent.click(openButton(rows()[0]))
  expect(onOpen).toHaveBeenCalledTimes(1)
  expect(onOpen.mock.calls[0]?.[0]).toMatchObject({ title: 'Note 3' })
  await act(settle)
  expect(page.truth.page(10).unread_count).toBe(2)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('one is marked read by its button, all by the button in the heading', async () => {
  const page = makeInbox(3)
  await openBell(page)
  fireEvent.click(screen.getByRole('button', { name: 'Mark as read: Note 2' }))
  expect(page.inbox.getSnapshot().unreadCount).toBe(2)
  expect(screen.getByRole('button', { name: 'Mark as unread: Note 2' })).toBeTruthy()
  const all = screen.getByRole('button', { name: 'Mark all read' })
  fireEvent.click(all)
  expect(page.inbox.getSnapshot().unreadCount).toBe(0)
  expect(all.getAttribute('aria-disabled')).toBe('true')
  fireEvent.click(all)
  await act(settle)
  expect(page.truth.page(10).unread_count).toBe(0)
  expect(page.server.requests.filter(({ url }) => url.endsWith('mark-all-read')).length).toBe(1)
})

test('a deleted one is gone at once and comes back by undo', async () => {
  const page = makeInbox(3)
  await openBell(page)
  fireEvent.click(screen.getByRole('button', { name: 'Delete: Note 2' }))
  expect(rows().length).toBe(2)
  await act(settle)
  expect(page.truth.page(10).total).toBe(2)
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(rows().length).toBe(3)
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  expect(document.activeElement?.textContent).toContain('Note 1')
  await act(settle)
  expect(page.truth.page(10).total).toBe(3)
})

test('letters that are switched off do nothing in it; other keys stay', async () => {
  const page = makeInbox(2)
  render(
    <InboxProvider inbox={page.inbox} letterKeys={false}>
      <Bell onOpen={() => {}} />
    </InboxProvider>,
  )
  await act(async () => {
    page.inbox.connect()
    await settle()
  })
  fireEvent.click(screen.getByRole('button', { name: /^Notifications/ }))
  await waitFor(() => expect(rows().length).toBe(2))
  const [newest, oldest] = rows().map(openButton)
  newest?.focus()
  for (const name of ['j', 'e', '#']) press(name)
  expect(document.activeElement).toBe(newest)
  expect(page.inbox.getSnapshot()).toMatchObject({ unreadCount: 2, totalCount: 2 })
  press('ArrowDown')
  expect(document.activeElement).toBe(oldest)
})

test('keys move, read, unread and delete; the focus stays in the list', async () => {
  const page = makeInbox(4)
  await openBell(page)
  openButton(rows()[0]).focus()
  const focused = () => document.activeElement?.textContent ?? ''
  press('j')
  expect(focused()).toContain('Note 3')
  press('ArrowDown')
  press('k')
  press('ArrowUp')
  expect(focused()).toContain('Note 4')
  press('ArrowUp')
  expect(focused()).toContain('Note 4')
  press('e')
  expect(page.inbox.getSnapshot().items[0]?.is_read).toBe(true)
  press('u')
  expect(page.inbox.getSnapshot().items[0]?.is_read).toBe(false)
  press('Delete')
  expect(focused()).toContain('Note 3')
  press('End')
  expect(focused()).toContain('Note 1')
  press('Delete')
  expect(focused()).toContain('Note 2')
  expect(rows().length).toBe(2)
})

test('what arrives while the panel is open appears, and the focus keeps its row', async () => {
  const page = makeInbox(2)
  await openBell(page)
  openButton(rows()[1]).focus()
  act(() => void page.truth.create())
  expect(rows().length).toBe(3)
  expect(document.activeElement?.textContent).toContain('Note 1')
})

test('an empty inbox says what will come; a failed load says so and offers another try', async () => {
  const empty = makeInbox()
  await openBell(empty)
  expect(screen.getByText('You’re all caught up')).toBeTruthy()
  cleanup()

  const page = makeInbox(1)
  page.server.script.request = () => ({ status: 503, body: { detail: 'The server is restarting' } })
  await openBell(page)
  expect(screen.getByText('The server is restarting')).toBeTruthy()
  page.server.script.request = page.truth.script.request
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await act(settle)
  expect(rows().length).toBe(1)
})

test('a page that could not be loaded says so where the list ends', async () => {
  const page = makeInbox(40)
  await openBell(page)
  expect(rows().length).toBe(30)
  page.server.script.request = () => Promise.reject(new TypeError('Failed to fetch'))
  await act(() => page.inbox.loadMore())
  page.server.script.request = page.truth.script.request
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await act(settle)
  expect(rows().length).toBe(40)
})

test('priority and unread are said in words too', async () => {
  const page = makeInbox()
  page.truth.create({ priority: 'urgent', title: 'Fire' })
  page.truth.create({ priority: 'low', title: 'Tea', is_read: true })
  await openBell(page)
  const [tea, fire] = rows()
  expect(openButton(fire).textContent).toMatch(/^Urgent: Fire.*Unread/)
  expect(openButton(tea).textContent).toMatch(/^Tea/)
  expect(openButton(tea).textContent).not.toContain('Unread')
})

test('what was settled says by whom', async () => {
  const page = makeInbox()
  page.truth.create({ resolved_at: new Date().toISOString(), resolved_by_name: 'Ada', priority: 'high' })
  await openBell(page)
  expect(screen.getByText('Settled by Ada')).toBeTruthy()
})
