// @vitest-environment jsdom
import { act, cleanup, renderHook, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  Bell,
  ConnectionStatus,
  InboxProvider,
  Toaster,
  useNotificationSound,
  useNotifications,
  useUnreadCount,
} from '../src/index.ts'
import { makeInbox, type Page, show } from './harness.tsx'

afterEach(cleanup)
beforeEach(() => localStorage.clear())

test('a double mount leaves one subscription, and an unmount none', async () => {
  const page = makeInbox(1)
  const active = new Set<() => void>()
  const { subscribe } = page.inbox
  page.inbox.subscribe = listener => {
    const unsubscribe = subscribe(listener)
    const end = () => {
      active.delete(end)
      unsubscribe()
    }
    active.add(end)
    return end
  }
  const { unmount } = renderHook(() => useUnreadCount(), {
    wrapper: ({ children }) => (
      <StrictMode>
        <InboxProvider inbox={page.inbox}>{children}</InboxProvider>
      </StrictMode>
    ),
  })
  expect(active.size).toBe(1)
  unmount()
  expect(active.size).toBe(0)
})

test('a reader renders again only when what it reads has changed', async () => {
  const page = makeInbox(1)
  let renders = 0
  function Count() {
    renders++
    return <output>{useUnreadCount()}</output>
  }
  await show(page, <Count />)
  expect(screen.getByRole('status').textContent).toBe('1')
  const before = renders
  act(() => page.server.connection.close(1006))
  act(() => void page.truth.setRead('nobody', true))
  expect(renders).toBe(before)
})

test('renders on a server, and the browser takes over what it finds', async () => {
  const page = makeInbox(3)
  const tree = (
    <InboxProvider inbox={page.inbox}>
      <Bell onOpen={() => {}} />
      <ConnectionStatus />
      <Toaster onOpen={() => {}} />
    </InboxProvider>
  )
  const html = renderToString(tree)
  expect(html).toContain('Not connected')
  const container = document.createElement('div')
  container.innerHTML = html
  const complaints = vi.fn()
  const root = await act(async () => hydrateRoot(container, tree, { onRecoverableError: complaints }))
  expect(complaints).not.toHaveBeenCalled()
  act(() => root.unmount())
})

test('words can be replaced, some or all', async () => {
  const page = makeInbox(2)
  const { result } = renderHook(() => useNotifications(), {
    wrapper: ({ children }) => (
      <InboxProvider inbox={page.inbox} strings={{ bell: unread => `Posteingang ${unread}` }}>
        {children}
        <Bell onOpen={() => {}} />
      </InboxProvider>
    ),
  })
  expect(result.current.loaded).toBe(false)
  expect(screen.getByRole('button', { name: /^Posteingang 0/ })).toBeTruthy()
})

function Sound({ play }: { play: () => void }) {
  const { muted, setMuted } = useNotificationSound({ play })
  return (
    <button type="button" onClick={() => setMuted(!muted)}>
      {muted ? 'muted' : 'loud'}
    </button>
  )
}

async function arrive(page: Page, priority: 'low' | 'medium' | 'high' | 'urgent') {
  await act(async () => {
    page.truth.create({ priority })
  })
}

test('high and urgent sound, the others do not, and several at once sound once', async () => {
  const page = makeInbox()
  const play = vi.fn()
  await show(page, <Sound play={play} />)
  await arrive(page, 'low')
  await arrive(page, 'medium')
  expect(play).not.toHaveBeenCalled()
  await arrive(page, 'high')
  await arrive(page, 'urgent')
  expect(play).toHaveBeenCalledTimes(1)
})

test('the mute is obeyed, remembered, and followed from another tab', async () => {
  const page = makeInbox()
  const play = vi.fn()
  await show(page, <Sound play={play} />)
  act(() => screen.getByText('loud').click())
  await arrive(page, 'urgent')
  expect(play).not.toHaveBeenCalled()
  cleanup()

  await show(makeInbox(), <Sound play={play} />)
  expect(screen.getByText('muted')).toBeTruthy()
  act(() => {
    localStorage.removeItem('inbox-muted')
    window.dispatchEvent(new Event('storage'))
  })
  expect(screen.getByText('loud')).toBeTruthy()
})

test('unmuting is answered by the sound itself', async () => {
  localStorage.setItem('inbox-muted', 'true')
  const play = vi.fn()
  await show(makeInbox(), <Sound play={play} />)
  act(() => screen.getByText('muted').click())
  expect(play).toHaveBeenCalledTimes(1)
})
