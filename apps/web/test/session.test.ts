import type { Me, TokenResponse } from '@pms/contract'
import { describe, expect, it, vi } from 'vitest'
import { createSession, type SessionDeps, type SessionNews } from '../src/api/session.ts'

const me = (id: string) => ({ id, name: id }) as Me
const tokenFor = (id: string, access_token = `token of ${id}`): TokenResponse => ({
  access_token,
  token_type: 'bearer',
  expires_in: 3600,
  user: me(id),
})
const ok = (body: unknown) => new Response(JSON.stringify(body), { status: 200 })
const refused = (status: number) =>
  new Response(JSON.stringify({ status, detail: 'No', code: 'no' }), { status })

/** A session on a pretended browser: answers are handed out in order, timers run when told. */
function setUp(...answers: (Response | Error)[]) {
  let time = 0
  const timers: { work: () => void; ms: number }[] = []
  const told: SessionNews[] = []
  let hear: (news: SessionNews) => void = () => {}
  const fetch = vi.fn(async (_path: string, _init?: RequestInit) => {
    const answer = answers.shift()
    if (!answer) throw new Error('A call that was not foreseen')
    if (answer instanceof Error) throw answer
    return answer
  })
  const reload = vi.fn()
  const deps: SessionDeps = {
    fetch: fetch as unknown as typeof globalThis.fetch,
    exclusively: work => work(),
    tell: news => told.push(news),
    listen: listener => {
      hear = listener
    },
    reload,
    now: () => time,
    later(work, ms) {
      const timer = { work, ms }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
  }
  return {
    session: createSession(deps),
    fetch,
    reload,
    told,
    timers,
    hear: (news: SessionNews) => hear(news),
    pass: (ms: number) => {
      time += ms
    },
  }
}

describe('a page that is loaded', () => {
  it('is signed in by the cookie alone, with the header that another site cannot send', async () => {
    const { session, fetch } = setUp(ok(tokenFor('john')))
    await session.start()
    expect(session.state.get()).toEqual({ status: 'signed-in', me: me('john') })
    expect(await session.token()).toBe('token of john')
    expect(fetch).toHaveBeenCalledTimes(1)
    expect(fetch.mock.calls[0]?.[1]?.headers).toMatchObject({ 'x-requested-with': 'pms' })
  })

  it('is signed out when the cookie is refused', async () => {
    const { session } = setUp(refused(401))
    await session.start()
    expect(session.state.get()).toEqual({ status: 'signed-out', why: 'start' })
    expect(await session.token()).toBeNull()
  })

  it('keeps trying while the server is away', async () => {
    const { session, timers } = setUp(new TypeError('down'), refused(503), ok(tokenFor('john')))
    const started = session.start()
    await vi.waitFor(() => expect(timers).toHaveLength(1))
    expect(session.state.get().status).toBe('unreachable')
    timers.shift()?.work()
    await vi.waitFor(() => expect(timers).toHaveLength(1))
    timers.shift()?.work()
    await started
    expect(session.state.get().status).toBe('signed-in')
  })
})

describe('the token', () => {
  it('is refreshed once, however many ask', async () => {
    const { session, fetch } = setUp(ok(tokenFor('john', 'old')), ok(tokenFor('john', 'new')))
    await session.start()
    expect(await Promise.all([session.token('old'), session.token('old'), session.token('old')])).toEqual([
      'new',
      'new',
      'new',
    ])
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it('is not refreshed for a refusal of an older one', async () => {
    const { session, fetch } = setUp(ok(tokenFor('john', 'new')))
    await session.start()
    expect(await session.token('old')).toBe('new')
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  it('is refreshed shortly before it ends, by a timer and, where timers sleep, when asked for', async () => {
    const { session, timers, pass } = setUp(
      ok(tokenFor('john', 'one')),
      ok(tokenFor('john', 'two')),
      ok(tokenFor('john', 'three')),
    )
    await session.start()
    expect(timers.map(timer => timer.ms)).toEqual([3540_000])
    timers[0]?.work()
    await vi.waitFor(async () => expect(await session.token()).toBe('two'))
    pass(3541_000)
    expect(await session.token()).toBe('three')
    expect(timers).toHaveLength(1)
  })

  it('survives a server that is away: the session goes on', async () => {
    const { session } = setUp(ok(tokenFor('john', 'old')), new TypeError('down'), ok(tokenFor('john', 'new')))
    await session.start()
    await expect(session.token('old')).rejects.toMatchObject({ status: 0 })
    expect(session.state.get().status).toBe('signed-in')
    expect(await session.token('old')).toBe('new')
  })

  it('ends the session when it can no longer be refreshed', async () => {
    const { session } = setUp(ok(tokenFor('john', 'old')), refused(401))
    await session.start()
    expect(await session.token('old')).toBeNull()
    expect(session.state.get()).toEqual({ status: 'signed-out', why: 'ended' })
  })
})

describe('tabs', () => {
  it('sign out together', async () => {
    const one = setUp(ok(tokenFor('john')), ok({}))
    await one.session.start()
    await one.session.signOut()
    expect(one.session.state.get()).toEqual({ status: 'signed-out', why: 'asked' })
    expect(one.told).toEqual([{ type: 'signed-out' }])

    const other = setUp(ok(tokenFor('john')))
    await other.session.start()
    other.hear({ type: 'signed-out' })
    expect(other.session.state.get().status).toBe('signed-out')
    expect(other.timers).toHaveLength(0)
  })

  it('say so honestly when the server could not be told', async () => {
    const { session } = setUp(ok(tokenFor('john')), new TypeError('down'))
    await session.start()
    await session.signOut()
    expect(session.state.get()).toEqual({ status: 'signed-out', why: 'unconfirmed' })
  })

  it('sign in together', async () => {
    const { session, hear } = setUp(refused(401), ok(tokenFor('john')))
    await session.start()
    hear({ type: 'signed-in', userId: 'john' })
    await vi.waitFor(() => expect(session.state.get().status).toBe('signed-in'))
  })

  it('start afresh when another person signs in with the shared cookie', async () => {
    const { session, hear, reload } = setUp(ok(tokenFor('john')))
    await session.start()
    hear({ type: 'signed-in', userId: 'john' })
    expect(reload).not.toHaveBeenCalled()
    hear({ type: 'signed-in', userId: 'jane' })
    expect(reload).toHaveBeenCalledTimes(1)
  })

  it('never show one person what a refresh gave to another', async () => {
    const { session, reload } = setUp(ok(tokenFor('john', 'old')), ok(tokenFor('jane')))
    await session.start()
    expect(await session.token('old')).toBeNull()
    expect(reload).toHaveBeenCalledTimes(1)
    expect(session.state.get()).toMatchObject({ me: { id: 'john' } })
  })
})
