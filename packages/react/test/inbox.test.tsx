// @vitest-environment jsdom
import { settle } from '@pms/client/testing'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { Bell, Inbox, InboxProvider, type InboxView, Toaster } from '../src/index.ts'
import { makeInbox, type Page, show } from './harness.tsx'

// jsdom lays nothing out: the list is as high as ten rows, and everything has a width.
const sizes = { offsetHeight: 600, offsetWidth: 400, clientHeight: 600 } as const
beforeAll(() => {
  for (const [name, value] of Object.entries(sizes))
    vi.spyOn(HTMLElement.prototype, name as keyof typeof sizes, 'get').mockReturnValue(value)
  Element.prototype.scrollTo = vi.fn() as never
})
afterAll(() => vi.restoreAllMocks())
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const rows = () => screen.queryAllByRole('listitem')
const row = (title: string) =>
  screen.getAllByRole('listitem').find(each => within(each).queryByText(title)) as HTMLElement
const opener = (title: string) => row(title).querySelector('[data-row]') as HTMLElement
const key = (name: string) =>
  act(async () => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key: name })
    await settle()
  })
const article = () => screen.getByRole('article')

async function open(count: number, props: Parameters<typeof Inbox>[0] = {}): Promise<Page> {
  const page = makeInbox(count)
  await show(page, <Inbox {...props} />)
  return page
}

test('only what is in sight is in the page, but every row knows its place', async () => {
  await open(300)
  expect(rows().length).toBeGreaterThan(9)
  expect(rows().length).toBeLessThan(40)
  expect(rows()[0]?.getAttribute('aria-setsize')).toBe('300')
  expect(rows()[2]?.getAttribute('aria-posinset')).toBe('3')
})

test('a click reads it, keys only show it', async () => {
  const page = await open(3)
  expect(screen.getByText('No notification selected')).toBeTruthy()
  await key('j')
  expect(article().textContent).toContain('number 3')
  expect(document.activeElement).toBe(opener('Note 3'))
  expect(page.inbox.getSnapshot().unreadCount).toBe(3)
  await act(async () => {
    fireEvent.click(opener('Note 1'))
    await settle()
  })
  expect(article().textContent).toContain('number 1')
  expect(page.truth.page(9).unread_count).toBe(2)
})

test('keys read, unread and delete; what is deleted comes back', async () => {
  const page = await open(3)
  await key('j')
  await key('e')
  expect(page.truth.page(9).unread_count).toBe(2)
  await key('u')
  expect(page.truth.page(9).unread_count).toBe(3)
  await key('#')
  expect(page.truth.page(9).total).toBe(2)
  expect(article().textContent).toContain('number 2')
  expect(document.activeElement).toBe(opener('Note 2'))
  expect(screen.getByText('1 notification deleted')).toBeTruthy()
  await key('z')
  expect(page.truth.page(9).total).toBe(3)
  expect(rows().length).toBe(3)
})

test('rows are ticked one by one and in a range, and stay ticked while others come', async () => {
  const page = await open(6)
  await key('j')
  await key('x')
  for (const name of ['j', 'j', 'X']) await key(name)
  expect(screen.getByRole('toolbar', { name: '3 selected' })).toBeTruthy()
  await act(async () => {
    page.truth.create({ title: 'Later' })
    await settle()
  })
  expect(screen.getAllByRole('checkbox').map(box => (box as HTMLInputElement).checked)).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  await key('e')
  expect(page.truth.page(9).unread_count).toBe(4)
  expect(screen.getByText('3 notifications marked as read')).toBeTruthy()
  await key('Escape')
  expect(screen.queryByRole('toolbar')).toBeNull()
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    await settle()
  })
  expect(page.truth.page(9).unread_count).toBe(7)
})

test('Enter goes to what it is about and reads it', async () => {
  const onOpen = vi.fn()
  const page = await open(2, { onOpen })
  await key('j')
  await key('Enter')
  expect(onOpen.mock.calls[0]?.[0]).toMatchObject({ title: 'Note 2' })
  expect(page.truth.page(9).unread_count).toBe(1)
})

test('before any row was gone to, keys act on the one that Tab led to', async () => {
  const page = await open(3)
  opener('Note 3').focus()
  await key('e')
  expect(page.truth.page(9).unread_count).toBe(2)
  await key('x')
  expect(screen.getByRole('toolbar', { name: '1 selected' })).toBeTruthy()
  await key('Escape')
  await key('Delete')
  expect(page.truth.page(9).total).toBe(2)
  expect(document.activeElement).toBe(opener('Note 2'))
})

test('keys rest while somebody types, and while the help is open', async () => {
  const page = makeInbox(2)
  await show(
    page,
    <>
      <input aria-label="Name" />
      <Inbox />
    </>,
  )
  screen.getByLabelText('Name').focus()
  await key('j')
  expect(screen.queryByRole('article')).toBeNull()
  screen.getByLabelText('Name').blur()
  await key('?')
  expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy()
  await key('j')
  expect(screen.queryByRole('article')).toBeNull()
})

test('a view that the application keeps is told and not taken', async () => {
  const onViewChange = vi.fn()
  const view: InboxView = { tab: 'all', priority: 'high' }
  const page = makeInbox(2)
  page.truth.create({ title: 'Pressing', priority: 'high' })
  await show(page, <Inbox view={view} onViewChange={onViewChange} />)
  await waitFor(() => expect(rows().length).toBe(1))
  fireEvent.click(screen.getByRole('tab', { name: /Unread/ }))
  expect(onViewChange).toHaveBeenCalledWith({ tab: 'unread', priority: 'high' })
  fireEvent.click(screen.getByRole('button', { name: 'Clear Priority' }))
  expect(onViewChange).toHaveBeenLastCalledWith({ tab: 'all', priority: undefined })
})

test('what waits for a decision has a list and a number; what was settled says by whom, or that it was you', async () => {
  const page = makeInbox(1)
  const at = new Date().toISOString()
  page.truth.create({ title: 'Open', needs_action: true })
  page.truth.create({ title: 'Done', needs_action: true, resolved_at: at, resolved_by_name: 'Ada' })
  page.truth.create({ title: 'Done too', needs_action: true, resolved_at: at, resolved_by_name: 'Bob' })
  render(
    <StrictMode>
      <InboxProvider inbox={page.inbox} currentUserName="Ada">
        <Inbox />
      </InboxProvider>
    </StrictMode>,
  )
  await act(async () => {
    page.inbox.connect()
    await settle()
  })
  expect(within(row('Done')).getByText('Settled by you')).toBeTruthy()
  expect(within(row('Done too')).getByText('Settled by Bob')).toBeTruthy()
  fireEvent.click(await screen.findByRole('tab', { name: 'Needs action1' }))
  await waitFor(() => expect(rows().length).toBe(1))
  expect(within(rows()[0] as HTMLElement).getByText('Open')).toBeTruthy()
})

test('the reading pane has room for what the application knows', async () => {
  await open(1, {
    renderDetail: item => <p>More about {item.title}</p>,
    renderActions: item => <button type="button">Decide {item.seq}</button>,
  })
  await key('j')
  expect(within(article()).getByText('More about Note 1')).toBeTruthy()
  expect(within(article()).getByRole('button', { name: 'Decide 1' })).toBeTruthy()
})

test('one that is in no list is fetched; one that is nowhere is said to be gone', async () => {
  const page = makeInbox(60)
  const [oldest] = page.truth.page(1, '2').notifications
  await show(page, <Inbox selected={oldest?.id ?? ''} view={{ tab: 'all', priority: 'low' }} />)
  await waitFor(() => expect(article().textContent).toContain('number 1'))
  cleanup()
  const other = makeInbox(1)
  await show(other, <Inbox selected="00000000-0000-4000-8000-000000000999" />)
  await screen.findByText('This notification is not there any more')
})

test('where it is narrow the pane takes the place of the list, and one can go back', async () => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('max-width: 859px'),
    addEventListener() {},
    removeEventListener() {},
  }))
  const onSelect = vi.fn()
  await open(2, { onSelect })
  fireEvent.click(opener('Note 2'))
  expect(onSelect).toHaveBeenLastCalledWith(expect.any(String), { alone: true })
  fireEvent.click(screen.getByRole('button', { name: 'Back to the list' }))
  expect(onSelect).toHaveBeenLastCalledWith(null, { alone: true })
  expect(screen.queryByRole('article')).toBeNull()
})

test('an empty inbox says so once, and the help names no key that opens it', async () => {
  await open(0)
  expect(screen.getByText('You’re all caught up')).toBeTruthy()
  expect(screen.queryByText('No notification selected')).toBeNull()
  await key('?')
  const keys = [...screen.getByRole('dialog').querySelectorAll('kbd')].map(each => each.textContent)
  expect(keys).toContain('j')
  expect(keys).not.toContain('?')
})

test('days stand above their rows', async () => {
  const page = makeInbox()
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  for (const days of [400, 1, 1, 0]) page.truth.create({ created_at: ago(days) })
  await show(page, <Inbox />)
  const headings = rows().map(each => each.querySelector('.inbox-day')?.textContent ?? null)
  expect(headings).toEqual(['Today', 'Yesterday', null, expect.stringMatching(/\d{4}/)])
})

test('a finger that draws far enough reads it; a little is nothing', async () => {
  const page = await open(1)
  const line = opener('Note 1').closest('.inbox-line') as HTMLElement
  const draw = (to: number) =>
    act(async () => {
      const at = (clientX: number) => ({ clientX, clientY: 0, pointerType: 'touch', pointerId: 1 })
      fireEvent.pointerDown(line, at(0))
      fireEvent.pointerMove(line, at(to / 2))
      fireEvent.pointerMove(line, at(to))
      fireEvent.pointerUp(line, at(to))
      await settle()
    })
  await draw(40)
  expect(page.truth.page(9).unread_count).toBe(1)
  await draw(120)
  expect(page.truth.page(9).unread_count).toBe(0)
})

test('a finger that rests on a row begins ticking: taps tick then, one deed is for all, and it is over', async () => {
  const page = await open(3)
  const line = opener('Note 3').closest('.inbox-line') as HTMLElement
  fireEvent.pointerDown(line, { clientX: 9, clientY: 9, pointerType: 'touch', pointerId: 1 })
  await screen.findByRole('toolbar', { name: '1 selected' })
  fireEvent.pointerUp(line, { clientX: 9, clientY: 9, pointerType: 'touch', pointerId: 1 })
  // The click that some browsers send after it is none.
  fireEvent.click(opener('Note 3'))
  expect(opener('Note 3').getAttribute('aria-pressed')).toBe('true')
  fireEvent.pointerDown(opener('Note 1'), { pointerType: 'touch', pointerId: 2 })
  fireEvent.pointerUp(opener('Note 1'), { pointerType: 'touch', pointerId: 2 })
  fireEvent.click(opener('Note 1'))
  expect(screen.getByRole('toolbar', { name: '2 selected' })).toBeTruthy()
  expect(screen.queryByRole('article')).toBeNull()
  await act(async () => {
    fireEvent.click(within(screen.getByRole('toolbar')).getByRole('button', { name: 'Mark as read' }))
    await settle()
  })
  expect(page.truth.page(9).unread_count).toBe(1)
  expect(screen.queryByRole('toolbar')).toBeNull()
  expect(opener('Note 1').hasAttribute('aria-pressed')).toBe(false)
})

test('a finger that moves or goes at once has not rested', async () => {
  await open(2)
  const line = opener('Note 2').closest('.inbox-line') as HTMLElement
  vi.useFakeTimers()
  try {
    const at = (clientY: number) => ({ clientX: 0, clientY, pointerType: 'touch', pointerId: 1 })
    fireEvent.pointerDown(line, at(0))
    fireEvent.pointerMove(line, at(30))
    act(() => vi.advanceTimersByTime(5_000))
    fireEvent.pointerUp(line, at(30))
    fireEvent.pointerDown(line, at(0))
    fireEvent.pointerUp(line, at(0))
    act(() => vi.advanceTimersByTime(5_000))
    fireEvent.pointerDown(line, { ...at(0), pointerType: 'mouse' })
    act(() => vi.advanceTimersByTime(5_000))
  } finally {
    vi.useRealTimers()
  }
  expect(screen.queryByRole('toolbar')).toBeNull()
})

test('a button begins ticking too, and the focus goes on in what takes its place', async () => {
  await open(2)
  const button = screen.getByRole('button', { name: 'Select' })
  button.focus()
  fireEvent.click(button)
  const bar = screen.getByRole('toolbar', { name: '0 selected' })
  const leave = within(bar).getByRole('button', { name: 'Clear selection' })
  expect(document.activeElement).toBe(leave)
  expect(within(bar).getByRole('button', { name: 'Delete' }).getAttribute('aria-disabled')).toBe('true')
  fireEvent.click(leave)
  expect(screen.queryByRole('toolbar')).toBeNull()
  await waitFor(() => expect(document.activeElement).toBe(opener('Note 2')))
})

test('an application that keeps the ticking ends it, and what begins anew has nothing ticked', async () => {
  const page = makeInbox(2)
  const onTicking = vi.fn()
  const show = (ticking: boolean) => (
    <InboxProvider inbox={page.inbox}>
      <Inbox ticking={ticking} onTicking={onTicking} />
    </InboxProvider>
  )
  const { rerender } = render(show(false))
  await act(async () => {
    page.inbox.connect()
    await settle()
  })
  fireEvent.click(screen.getByRole('button', { name: 'Select' }))
  expect(onTicking.mock.lastCall).toEqual([true])
  expect(screen.queryByRole('toolbar')).toBeNull()

  rerender(show(true))
  fireEvent.click(opener('Note 1'))
  expect(screen.getByRole('toolbar', { name: '1 selected' })).toBeTruthy()
  expect(screen.queryByRole('article')).toBeNull()
  rerender(show(false))
  expect(screen.queryByRole('toolbar')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Select' }))
  rerender(show(true))
  fireEvent.click(opener('Note 2'))
  fireEvent.click(
    within(screen.getByRole('toolbar', { name: '1 selected' })).getByRole('button', {
      name: 'Clear selection',
    }),
  )
  expect(onTicking.mock.lastCall).toEqual([false])
})

test('letters that are switched off do nothing and are announced nowhere; other keys stay', async () => {
  const page = makeInbox(2)
  const onOpen = vi.fn()
  render(
    <StrictMode>
      <InboxProvider inbox={page.inbox} letterKeys={false}>
        <Inbox onOpen={onOpen} />
      </InboxProvider>
    </StrictMode>,
  )
  await act(async () => {
    page.inbox.connect()
    await settle()
  })
  opener('Note 2').focus()
  for (const name of ['j', 'e', 'x', '#', 'z', '?']) await key(name)
  expect(screen.queryByRole('article')).toBeNull()
  expect(screen.queryByRole('toolbar')).toBeNull()
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(page.truth.page(9)).toMatchObject({ unread_count: 2, total: 2 })
  for (const name of ['ArrowDown', 'ArrowDown']) await key(name)
  expect(document.activeElement).toBe(opener('Note 1'))
  expect(document.querySelectorAll('kbd').length).toBe(0)
  const announced = [...document.querySelectorAll('[aria-keyshortcuts]')]
  expect(
    announced.map(each => each.getAttribute('aria-keyshortcuts')).filter(keys => keys !== 'Delete'),
  ).toEqual(['Enter'])
  fireEvent.click(screen.getByRole('button', { name: 'All keys' }))
  const help = screen.getByRole('dialog', { name: 'Keyboard shortcuts' })
  expect([...help.querySelectorAll('kbd')].map(each => each.textContent)).toEqual([
    '↓',
    '↑',
    'Enter',
    'Delete',
    'Esc',
  ])
  expect(within(help).getByText('Letters and signs are switched off as keys.')).toBeTruthy()
  fireEvent.click(within(help).getByRole('button', { name: 'Dismiss' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  opener('Note 1').focus()
  await key('Delete')
  expect(page.truth.page(9).total).toBe(1)
})

test('an application with a help of its own is asked for it', async () => {
  const onHelp = vi.fn()
  await open(1, { onHelp })
  await key('?')
  fireEvent.click(screen.getByRole('button', { name: /All keys/ }))
  expect(onHelp).toHaveBeenCalledTimes(2)
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('a server renders it, with what the inbox has by then', () => {
  const page = makeInbox(3)
  const html = renderToString(
    <InboxProvider inbox={page.inbox}>
      <Bell onOpen={() => {}} onSeeAll={() => {}} />
      <Inbox />
      <Toaster onOpen={() => {}} />
    </InboxProvider>,
  )
  expect(html).toContain('Needs action')
  expect(html).toContain('Loading notifications')
})

test('a server that has the list already renders its rows', async () => {
  const page = makeInbox(3)
  page.inbox.connect()
  await settle()
  const html = renderToString(
    <InboxProvider inbox={page.inbox}>
      <Inbox />
    </InboxProvider>,
  )
  expect(html).toContain('Note 3')
})
