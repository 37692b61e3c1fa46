// @vitest-environment jsdom
import { settle } from '@pms/client/testing'
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DesktopQuestion, useDesktopNotifications } from '../src/index.ts'
import { makeInbox, type Page, show } from './harness.tsx'

interface Told {
  title: string
  body: string | undefined
  onclick: (() => void) | null
}

let told: Told[]
let visibility: DocumentVisibilityState

beforeEach(() => {
  told = []
  visibility = 'hidden'
  localStorage.clear()
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
  vi.spyOn(window, 'focus').mockImplementation(() => {})
  class FakeNotification {
    static permission = 'default'
    static async requestPermission() {
      FakeNotification.permission = 'granted'
      return 'granted'
    }
    onclick: (() => void) | null = null
    constructor(title: string, { body }: NotificationOptions) {
      const own = this
      told.push({
        title,
        body,
        get onclick() {
          return own.onclick
        },
      })
    }
    close() {}
  }
  vi.stubGlobal('Notification', FakeNotification)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function Desktop({ onOpen = () => {} }: { onOpen?: (item: { title: string }) => void }) {
  const control = useDesktopNotifications({ onOpen })
  return (
    <>
      <output>{control.state}</output>
      <DesktopQuestion control={control} />
    </>
  )
}

const state = () => screen.getByRole('status').textContent
const arrive = (page: Page, title: string) =>
  act(async () => {
    page.truth.create({ title })
    await settle()
  })
const answer = (name: string) =>
  act(async () => {
    fireEvent.click(screen.getByRole('button', { name }))
    await settle()
  })

test('nobody is asked before something has come; from then on the desktop tells what nobody looks at', async () => {
  const page = makeInbox(2)
  const onOpen = vi.fn()
  await show(page, <Desktop onOpen={onOpen} />)
  expect(state()).toBe('waiting')
  expect(screen.queryByRole('button')).toBeNull()
  await arrive(page, 'First')
  expect(state()).toBe('ask')
  expect(told).toEqual([])
  await answer('Turn on')
  expect(state()).toBe('on')
  await arrive(page, 'Second')
  expect(told.map(({ title }) => title)).toEqual(['Second'])
  told[0]?.onclick?.()
  expect(onOpen.mock.calls[0]?.[0]).toMatchObject({ title: 'Second' })
  visibility = 'visible'
  await arrive(page, 'Third')
  expect(told.length).toBe(1)
})

test('no is no, and is remembered', async () => {
  const page = makeInbox()
  await show(page, <Desktop />)
  await arrive(page, 'First')
  await answer('Not now')
  expect(state()).toBe('off')
  await arrive(page, 'Second')
  expect(told).toEqual([])
  cleanup()
  const later = makeInbox()
  await show(later, <Desktop />)
  await arrive(later, 'Third')
  expect(state()).toBe('off')
})

test('where the browser has none, nothing is asked', async () => {
  vi.stubGlobal('Notification', undefined)
  Reflect.deleteProperty(window, 'Notification')
  const page = makeInbox()
  await show(page, <Desktop />)
  await arrive(page, 'First')
  expect(state()).toBe('unsupported')
})
