// @vitest-environment jsdom
import { settle } from '@pms/client/testing'
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { toast } from 'sonner'
import { afterEach, expect, test, vi } from 'vitest'
import { Bell, Toaster } from '../src/index.ts'
import { makeInbox, type Page, show } from './harness.tsx'

afterEach(async () => {
  toast.dismiss()
  // Each leaves by a timer of its own; the page must still be there when it runs.
  await waitFor(() => expect(document.querySelectorAll('[data-sonner-toast]').length).toBe(0))
  cleanup()
})

const shown = () => document.querySelectorAll('.inbox-toast-card').length

async function away(page: Page, meanwhile: () => void) {
  await act(async () => {
    page.server.connection.drop()
    meanwhile()
    await page.server.clock.advance(40_000)
  })
}

test('each arrival is one toast, under StrictMode too, and frames that come twice add none', async () => {
  const page = makeInbox(2)
  await show(page, <Toaster onOpen={() => {}} />)
  expect(shown()).toBe(0)
  act(() => void page.truth.create({ title: 'Hello' }))
  await screen.findByText('Hello')
  act(() => {
    for (const message of page.truth.log) page.server.connection.send(message)
    page.truth.create({ title: 'World' })
  })
  await screen.findByText('World')
  expect(shown()).toBe(2)
})

test('clicking one opens it, marks it read and takes it away', async () => {
  const page = makeInbox()
  const onOpen = vi.fn()
  await show(page, <Toaster onOpen={onOpen} />)
  act(() => void page.truth.create({ title: 'Hello' }))
  fireEvent.click(await screen.findByText('Hello'))
  expect(onOpen.mock.calls.map(([item]) => item.title)).toEqual(['Hello'])
  await act(settle)
  expect(page.truth.page(10).unread_count).toBe(0)
  await waitFor(() => expect(shown()).toBe(0))
})

test('one that is read elsewhere, or deleted, goes away by itself', async () => {
  const page = makeInbox()
  await show(page, <Toaster onOpen={() => {}} />)
  const ids: string[] = []
  act(() => {
    ids.push(page.truth.create({ title: 'A', priority: 'urgent' }).id)
    ids.push(page.truth.create({ title: 'B', priority: 'urgent' }).id)
    ids.push(page.truth.create({ title: 'C', priority: 'urgent' }).id)
  })
  await waitFor(() => expect(shown()).toBe(3))
  act(() => {
    page.truth.setRead(ids[0] ?? '', true)
    page.truth.setDeleted(ids[1] ?? '', true)
  })
  await waitFor(() => expect(shown()).toBe(1))
  expect(screen.getByText('C')).toBeTruthy()
})

test('urgent interrupts a screen reader, the others wait their turn', async () => {
  const page = makeInbox()
  await show(page, <Toaster onOpen={() => {}} />)
  act(() => {
    page.truth.create({ title: 'Calm', priority: 'high' })
    page.truth.create({ title: 'Fire', priority: 'urgent' })
  })
  await screen.findByText('Fire')
  expect(screen.getAllByRole('alert').map(alert => alert.textContent)).toEqual([
    expect.stringContaining('Fire'),
  ])
  expect(screen.getByText('Calm').closest('[aria-live]')?.getAttribute('aria-live')).toBe('polite')
})

test('what came while away is one toast, which opens the panel', async () => {
  const page = makeInbox()
  await show(
    page,
    <>
      <Bell onOpen={() => {}} />
      <Toaster onOpen={() => {}} />
    </>,
  )
  await away(page, () => {
    for (let n = 0; n < 12; n++) page.truth.create()
  })
  const summary = await screen.findByText('12 new while you were away')
  expect(shown()).toBe(1)
  fireEvent.click(summary)
  await screen.findByRole('dialog')
})

test('a single one that came while away is shown as itself', async () => {
  const page = makeInbox()
  await show(page, <Toaster onOpen={() => {}} />)
  await away(page, () => page.truth.create({ title: 'Alone' }))
  await screen.findByText('Alone')
})

test('an action that is refused is said, in words for people', async () => {
  const page = makeInbox(1)
  await show(page, <Toaster onOpen={() => {}} />)
  page.server.script.request = () => Promise.reject(new TypeError('Failed to fetch'))
  await act(async () => void (await page.inbox.markAllRead()))
  await screen.findByText('That could not be saved')
  expect(screen.getByText(/The server cannot be reached/)).toBeTruthy()
})
