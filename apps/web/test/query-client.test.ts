// News that comes while a page is still asking for the first time: the answer may be older than the news.
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test } from 'vitest'
import { listsChanged, resourceChanged, thingsChanged } from '../src/api/query-client.ts'
import { auditQuery } from '../src/features/audit/queries.ts'

const client = new QueryClient()
afterEach(() => client.clear())

/** A list that a page shows, and whose answers come when the test says so. */
function showList(key: readonly unknown[], meta = {}) {
  const asked: PromiseWithResolvers<string>[] = []
  const observer = new QueryObserver(client, {
    queryKey: key,
    meta,
    queryFn: () => {
      const answer = Promise.withResolvers<string>()
      asked.push(answer)
      return answer.promise
    },
  })
  const stop = observer.subscribe(() => {})
  return { asked, stop, shows: () => observer.getCurrentResult().data }
}

test.for([
  ['of the thing itself', ['goal', 'detail', 'g1'], {}, () => resourceChanged(client, 'goal', 'g1')],
  ['of a list', ['goal', 'list'], {}, () => listsChanged(client, 'goal')],
  ['of what is made from it', ['home'], { follows: ['goal'] }, () => resourceChanged(client, 'goal', 'g1')],
] as const)('a first answer %s that is under way is asked for again', async ([, key, meta, news]) => {
  const list = showList(key, meta)
  void news()
  list.asked[0]?.resolve('before')
  await expect.poll(() => list.asked.length).toBe(2)
  list.asked[1]?.resolve('after')
  await expect.poll(list.shows).toBe('after')
  list.stop()
})

test('whatever names a thing that changed is asked for again, of whichever kind it is', async () => {
  const page = showList(['initiative', 'detail', 'i1'])
  client.setQueryData(['initiative', 'detail', 'i1'], { title: 'A', head: [{ id: 'u1', name: 'Before' }] })
  page.asked[0]?.resolve('ignored')
  await expect.poll(() => client.isFetching()).toBe(0)
  client.setQueryData(['initiative', 'detail', 'i1'], { title: 'A', head: [{ id: 'u1', name: 'Before' }] })
  void thingsChanged(client, [{ resource: 'user', id: 'u2' }])
  expect(page.asked).toHaveLength(1)
  void thingsChanged(client, [
    { resource: 'user', id: 'u2' },
    { resource: 'user', id: 'u1' },
  ])
  expect(page.asked).toHaveLength(2)
  page.stop()
})

test.for(['goal', 'initiative', 'review', 'user', 'announcement', 'unit', 'delegation', 'api_key'])(
  'the audit log is asked for again when a new %s is told of',
  async resource => {
    const { queryKey, meta } = auditQuery({})
    const log = showList(queryKey, meta)
    log.asked[0]?.resolve('before')
    await expect.poll(log.shows).toBe('before')
    void resourceChanged(client, resource, 'new')
    expect(log.asked).toHaveLength(2)
    log.stop()
  },
)

test('what is about something else is left alone', async () => {
  const list = showList(['goal', 'detail', 'g2'])
  void resourceChanged(client, 'goal', 'g1')
  list.asked[0]?.resolve('before')
  await expect.poll(list.shows).toBe('before')
  expect(list.asked).toHaveLength(1)
  list.stop()
})
