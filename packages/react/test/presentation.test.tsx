// @vitest-environment jsdom
import { createSharedInbox } from '@pms/client/shared'
import { createFakeBrowser, createFakeInbox, createFakeServer, settle } from '@pms/client/testing'
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { toast } from 'sonner'
import { afterEach, expect, test, vi } from 'vitest'
import { Toaster, useNotificationSound } from '../src/index.ts'
import { show } from './harness.tsx'

afterEach(async () => {
  toast.dismiss()
  await waitFor(() => expect(document.querySelectorAll('[data-sonner-toast]').length).toBe(0))
  cleanup()
})

function Sound({ play }: { play: () => void }) {
  useNotificationSound({ play })
  return null
}

/** A page of one tab, beside another tab of the same person. */
async function besideAnother(visible: boolean) {
  const truth = createFakeInbox()
  const server = createFakeServer(truth.script)
  const browser = createFakeBrowser(server)
  const tabs = [browser.openTab({ visible }), browser.openTab({ visible: false })] as const
  const [inbox, other] = tabs.map(({ environment }) =>
    createSharedInbox({ url: '', userId: 'ada', getToken: async () => 'token', environment }),
  )
  if (!inbox || !other) throw new Error('Two tabs have two inboxes')
  const play = vi.fn()
  await show(
    { inbox, truth, server },
    <>
      <Toaster onOpen={() => {}} />
      <Sound play={play} />
    </>,
  )
  other.connect()
  await act(() => server.clock.advance(1_000))
  const arrive = (title: string) =>
    act(async () => {
      truth.create({ title, priority: 'high' })
      await settle()
    })
  return { truth, server, arrive, play, other: tabs[1] }
}

const shown = () => document.querySelectorAll('.inbox-toast-card').length

test('the tab that is looked at shows and sounds', async () => {
  const { arrive, play } = await besideAnother(true)
  await arrive('Hello')
  await screen.findByText('Hello')
  expect(play).toHaveBeenCalledTimes(1)
})

test('another tab is looked at: this one keeps quiet', async () => {
  const { arrive, play, other, server, truth } = await besideAnother(true)
  await act(async () => {
    other.focus()
    await settle()
  })
  await arrive('Hello')
  await act(async () => {
    server.connection.drop()
    truth.create({ priority: 'urgent' })
    truth.create({ priority: 'urgent' })
    await server.clock.advance(40_000)
  })
  expect(shown()).toBe(0)
  expect(play).not.toHaveBeenCalled()
})

test('nobody looks: a sound, and no toast that nobody would see', async () => {
  const { arrive, play } = await besideAnother(false)
  await arrive('Hello')
  expect(play).toHaveBeenCalledTimes(1)
  expect(shown()).toBe(0)
})
