// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { toast } from 'sonner'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { Bell, Inbox, Toaster } from '../src/index.ts'
import { makeInbox, show } from './harness.tsx'

// jsdom lays nothing out: the list is as high as some rows.
beforeAll(() => {
  for (const name of ['offsetHeight', 'offsetWidth', 'clientHeight'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(600)
  Element.prototype.scrollTo = vi.fn() as never
})
afterEach(async () => {
  toast.dismiss()
  await waitFor(() => expect(document.querySelectorAll('[data-sonner-toast]').length).toBe(0))
  cleanup()
})

test('words of others are shown as text, wherever they are shown, and no address of theirs is a link', async () => {
  const hostile = {
    title: '<img src=x onerror="window.hit=1"> & <b>bold</b>',
    message: '<script>window.hit=1</script><svg/onload=window.hit=1>',
    triggered_by_name: '"><iframe srcdoc="x">',
    action_url: 'javascript:window.hit=1',
  }
  const page = makeInbox()
  const onOpen = vi.fn()
  await show(
    page,
    <>
      <Bell onOpen={onOpen} />
      <Inbox onOpen={onOpen} />
      <Toaster onOpen={onOpen} />
    </>,
  )
  act(() => void page.truth.create(hostile))
  await waitFor(() => expect(document.querySelector('[data-sonner-toast]')).not.toBeNull())
  fireEvent.click(screen.getByRole('button', { name: /^Notifications/ }))
  await screen.findByRole('dialog')
  expect(screen.getAllByText(hostile.title, { exact: false }).length).toBeGreaterThan(2)
  expect(screen.getAllByText(hostile.message, { exact: false }).length).toBeGreaterThan(1)
  expect(document.querySelectorAll('img, script, iframe, b, [onerror], [onload]').length).toBe(0)
  for (const link of document.querySelectorAll('a')) expect(link.protocol).not.toBe('javascript:')
  expect('hit' in window).toBe(false)
})
