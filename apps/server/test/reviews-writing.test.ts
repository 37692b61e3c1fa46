/** Writing reviews: drafts saved as they are typed, submitting, and what comes of it. */
import type { ReviewResults } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  changePerson,
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { NOBODY, problemFields } from './goal-calls.ts'
import {
  act,
  actCycle,
  allAnswers,
  attempt,
  beginCycle,
  done,
  listed,
  questionsOf,
  readReview,
  results,
  reviewId,
  write,
} from './review-calls.ts'

let server: TestServer
let cast: Awaited<ReturnType<typeof addCast>>
let rests: Record<keyof typeof cast, Rest>
let clock: ReturnType<typeof createTestClock>

beforeEach(async () => {
  clock = createTestClock()
  server = await startServer({ clock })
  cast = await addCast(server)
  const entries = Object.entries(cast).map(async ([who, person]) => [who, await server.as(person)] as const)
  rests = Object.fromEntries(await Promise.all(entries)) as typeof rests
  return () => server.close()
})

/** Mary > Jane > John and three colleagues. */
async function addCast({ addPerson }: TestServer) {
  const mary = await addPerson('Mary Okafor')
  const jane = await addPerson('Jane Smith', { supervisor: mary })
  const john = await addPerson('John Doe', { supervisor: jane })
  const pete = await addPerson('Pete Peer', { supervisor: jane })
  const paula = await addPerson('Paula Peer', { supervisor: jane })
  const hana = await addPerson('Hana Sato', { role: 'hr' })
  return { mary, jane, john, pete, paula, hana }
}

/** John's reviews, by who writes them. */
async function begin(peers: Person[] = [cast.pete, cast.paula]) {
  const cycle = await beginCycle(rests.hana, new Map([[cast.john, peers]]))
  const ids: Record<string, string> = {}
  for (const person of [cast.john, cast.jane, ...peers]) {
    ids[person.name] = await reviewId(server, cycle.id, cast.john, person)
  }
  const of = (person: Person) => ids[person.name] ?? NOBODY
  return { cycle, of }
}

describe('a draft', () => {
  test('is saved as it is typed, question by question, and counts its revisions', async () => {
    const { of } = await begin()
    const id = of(cast.john)
    const blank = await readReview(rests.john, id)
    expect(blank).toMatchObject({ status: 'pending', revision: 0, answers: [] })
    const [first, second] = questionsOf(blank).map(question => question.id)

    const one = await act(rests.john, id, 'save', { answers: [{ question_id: first, rating: 4 }] })
    expect(one).toMatchObject({ status: 'in_progress', revision: 1 })
    await act(rests.john, id, 'save', { answers: [{ question_id: first, comment: 'Of' }] })
    await act(rests.john, id, 'save', { answers: [{ question_id: first, comment: 'Often' }] })
    const four = await act(rests.john, id, 'save', { answers: [{ question_id: second, rating: 2 }] })
    expect(four).toMatchObject({
      revision: 4,
      answers: [
        { question_id: first, rating: 4, comment: 'Often' },
        { question_id: second, rating: 2, comment: null },
      ],
    })
    const back = await act(rests.john, id, 'save', {
      answers: [{ question_id: first, rating: null, comment: '' }],
    })
    expect(back.answers?.[0]).toEqual({ question_id: first, rating: null, comment: null })
    expect(back.revision).toBe(5)
  })

  test('that changes nothing is no revision, and begins nothing', async () => {
    const { of } = await begin()
    const [question] = questionsOf(await readReview(rests.john, of(cast.john)))
    const body = { answers: [{ question_id: question?.id, rating: null }] }
    expect(await act(rests.john, of(cast.john), 'save', body)).toMatchObject({
      status: 'pending',
      revision: 0,
    })
  })

  test('of another tab is not lost: who names the revision they read hears that it was saved since', async () => {
    const { of } = await begin()
    const id = of(cast.pete)
    const [question] = questionsOf(await readReview(rests.pete, id))
    const answers = (rating: number) => [{ question_id: question?.id, rating }]
    await act(rests.pete, id, 'save', { answers: answers(3), revision: 0 })
    const late = await attempt(rests.pete, id, 'save', { answers: answers(1), revision: 0 })
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'edited_elsewhere', current_status: 'in_progress' },
    })
    expect(await attempt(rests.pete, id, 'submit', { revision: 0 })).toMatchObject({ status: 409 })
    await act(rests.pete, id, 'save', { answers: answers(5) })
    expect(await readReview(rests.pete, id)).toMatchObject({ revision: 2, answers: [{ rating: 5 }] })
  })

  test('takes only questions of its own cycle and ratings from 1 to 5', async () => {
    const { of } = await begin()
    const id = of(cast.john)
    const [question] = questionsOf(await readReview(rests.john, id))
    const save = (answer: object) => attempt(rests.john, id, 'save', { answers: [answer] })
    const foreign = await save({ question_id: NOBODY, rating: 3 })
    expect(foreign.status).toBe(422)
    expect(problemFields(foreign.body as Problem)).toEqual(['answers.0.question_id'])
    for (const rating of [0, 6, 3.5, '3']) {
      expect((await save({ question_id: question?.id, rating })).status, String(rating)).toBe(422)
    }
    expect(await readReview(rests.john, id)).toMatchObject({ status: 'pending', answers: [] })
  })

  test('is nobody’s to read but its writer’s', async () => {
    const { of } = await begin()
    for (const writer of ['john', 'jane', 'pete'] as const) {
      const id = of(cast[writer])
      await act(rests[writer], id, 'save', allAnswers(await readReview(rests[writer], id), 2, 'Secret'))
      for (const reader of ['mary', 'jane', 'john', 'hana', 'paula'] as const) {
        if (reader === writer) continue
        const { status, body } = await rests[reader].get(`/api/reviews/${id}`)
        if (status === 200) expect(body, reader).toMatchObject({ answers: null, revision: null })
        else expect(status, reader).toBe(404)
        expect(JSON.stringify(body)).not.toContain('Secret')
      }
    }
    const { cycle } = await readReview(rests.john, of(cast.john))
    for (const reader of ['mary', 'jane', 'hana'] as const) {
      const seen = await results(rests[reader], cycle.id, cast.john)
      expect(JSON.stringify(seen)).not.toContain('Secret')
      expect(seen).toMatchObject({ overall: null, peers_submitted: 0 })
    }
  })
})

describe('submitting', () => {
  test('wants a rating for every required question, and names those that lack one', async () => {
    const { of } = await begin()
    const id = of(cast.john)
    const [first, second, third, optional] = questionsOf(await readReview(rests.john, id))
    const none = await attempt(rests.john, id, 'submit')
    expect(none.status).toBe(422)
    expect(problemFields(none.body as Problem)).toEqual(
      [first, second, third].map(question => `answers.${question?.id}`),
    )
    await act(rests.john, id, 'save', {
      answers: [
        { question_id: first?.id, rating: 3 },
        { question_id: second?.id, comment: 'No rating' },
        { question_id: third?.id, rating: 5 },
        { question_id: optional?.id, comment: 'That is all' },
      ],
    })
    const one = await attempt(rests.john, id, 'submit')
    expect((one.body as Problem).errors).toEqual([
      { field: `answers.${second?.id}`, message: '“Helps others” needs a rating' },
    ])
    await act(rests.john, id, 'save', { answers: [{ question_id: second?.id, rating: 1 }] })
    expect(await act(rests.john, id, 'submit')).toMatchObject({ status: 'completed', allowed_actions: [] })
  })

  test('is possible when it is overdue, too', async () => {
    const { of } = await begin()
    const id = of(cast.pete)
    clock.advance(40 * 86_400_000)
    // The session has ended meanwhile.
    const pete = await server.as(cast.pete)
    expect(await readReview(pete, id)).toMatchObject({
      status: 'overdue',
      allowed_actions: ['save', 'submit'],
    })
    expect(await write(pete, id, 4)).toMatchObject({ status: 'completed' })
  })

  test('lets those read it who may: the supervisors and HR, a peer unnamed', async () => {
    const { of } = await begin()
    await write(rests.pete, of(cast.pete), 4, 'Good colleague')
    for (const reader of ['jane', 'mary', 'hana'] as const) {
      const review = await readReview(rests[reader], of(cast.pete))
      expect(review.answers?.[0]).toMatchObject({ rating: 4, comment: 'Good colleague' })
      expect(review.reviewer).toEqual(reader === 'hana' ? { id: cast.pete.id, name: 'Pete Peer' } : null)
    }
  })

  test('a supervisor review lets the one reviewed read it; before that they see only that it awaits', async () => {
    const { of } = await begin()
    const id = of(cast.jane)
    await act(rests.jane, id, 'save', allAnswers(await readReview(rests.jane, id), 4, 'Well done'))
    expect(await readReview(rests.john, id)).toMatchObject({ status: 'pending', answers: null })
    expect(await listed(rests.john, 'scope=about_me&status=in_progress')).toEqual([])
    await act(rests.jane, id, 'submit')
    expect(await readReview(rests.john, id)).toMatchObject({
      status: 'completed',
      answers: Array(4).fill({ rating: 4, comment: 'Well done' }),
      revision: null,
    })
  })
})

describe('reopened and reassigned', () => {
  test('a reopened review has its answers, for its writer alone', async () => {
    const { of } = await begin()
    const id = of(cast.jane)
    await write(rests.jane, id, 4, 'Well done')
    await act(rests.hana, id, 'reopen', { due_on: '2027-04-15' })
    expect(await readReview(rests.john, id)).toMatchObject({
      status: 'pending',
      due_on: '2027-04-15',
      submitted_at: null,
      answers: null,
    })
    expect(await readReview(rests.hana, id)).toMatchObject({ status: 'in_progress', answers: null })
    expect((await readReview(rests.jane, id)).answers).toHaveLength(4)
    expect(await act(rests.jane, id, 'submit')).toMatchObject({ status: 'completed' })
  })

  test('who takes over a review sees nothing of what was drafted, nor does who had it see it any more', async () => {
    const { of } = await begin([cast.pete])
    const id = of(cast.pete)
    await act(rests.pete, id, 'save', allAnswers(await readReview(rests.pete, id), 1, 'Secret'))
    await act(rests.hana, id, 'reassign', { reviewer_id: cast.paula.id })
    expect(await readReview(rests.paula, id)).toMatchObject({ status: 'pending', revision: 0, answers: [] })
    expect((await rests.pete.get(`/api/reviews/${id}`)).status).toBe(404)
  })

  test.each([
    ['nobody', () => NOBODY, 'is nobody'],
    ['who is reviewed', () => cast.john.id, 'is who is reviewed'],
    ['who writes it', () => cast.pete.id, 'reviews this person already'],
    ['who writes another one', () => cast.jane.id, 'reviews this person already'],
    ['somebody above, as a peer', () => cast.mary.id, 'stands above'],
  ])('is not given to %s', async (_, reviewer, why) => {
    const { of } = await begin([cast.pete])
    const refused = await attempt(rests.hana, of(cast.pete), 'reassign', { reviewer_id: reviewer() })
    expect(refused.status).toBe(422)
    expect((refused.body as Problem).errors).toMatchObject([{ field: 'reviewer_id' }])
    expect((refused.body as Problem).detail).toContain(why)
  })

  test('is not given to somebody who is away, and not to be written in the past', async () => {
    const { of } = await begin([cast.pete])
    await changePerson(server.app, cast.paula, { status: 'on_leave' })
    const away = await attempt(rests.hana, of(cast.pete), 'reassign', { reviewer_id: cast.paula.id })
    expect(problemFields(away.body as Problem)).toEqual(['reviewer_id'])
    await write(rests.pete, of(cast.pete), 3)
    const past = await attempt(rests.hana, of(cast.pete), 'reopen', { due_on: '2027-02-28' })
    expect(problemFields(past.body as Problem)).toEqual(['due_on'])
  })
})

describe('results', () => {
  const scores = ({ traits, overall }: ReviewResults) => [
    overall,
    ...traits.map(trait => [trait.self, trait.peers, trait.supervisor, trait.overall]),
  ]

  test('weigh self 0.2, peers 0.3 and supervisor 0.5', async () => {
    const { cycle, of } = await begin()
    await write(rests.john, of(cast.john), 5)
    await write(rests.jane, of(cast.jane), 4)
    await write(rests.pete, of(cast.pete), 3)
    await write(rests.paula, of(cast.paula), 2)
    // 0.2 * 5 + 0.3 * 2.5 + 0.5 * 4
    const all = [3.75, [5, 2.5, 4, 3.75], [5, 2.5, 4, 3.75]]
    expect(scores(await results(rests.hana, cycle.id, cast.john))).toEqual(all)
    await actCycle(rests.hana, cycle.id, 'complete')
    expect(scores(await results(rests.john, cycle.id, cast.john))).toEqual(all)
  })

  test.each([
    [['john'], 5],
    [['jane'], 4],
    [['pete', 'paula'], 2],
    [['john', 'jane'], 4.29],
    [['john', 'pete', 'paula'], 3.2],
    [['jane', 'pete', 'paula'], 3.25],
    [[], null],
  ] as const)('of %s alone count as much among themselves', async (writers, overall) => {
    const ratings = { john: 5, jane: 4, pete: 2, paula: 2 }
    const { cycle, of } = await begin()
    for (const writer of writers) await write(rests[writer], of(cast[writer]), ratings[writer])
    expect((await results(rests.hana, cycle.id, cast.john)).overall).toBe(overall)
    await actCycle(rests.hana, cycle.id, 'complete')
    expect((await results(rests.john, cycle.id, cast.john)).overall).toBe(overall)
  })

  test('are for the one reviewed only once the cycle is completed, and never when it is cancelled', async () => {
    const { cycle, of } = await begin()
    await write(rests.jane, of(cast.jane), 4)
    const path = `/api/review-cycles/${cycle.id}/results/${cast.john.id}`
    expect(await rests.john.get(path)).toMatchObject({ status: 409, body: { current_status: 'active' } })
    await actCycle(rests.hana, cycle.id, 'cancel')
    expect(await rests.john.get(path)).toMatchObject({ status: 409, body: { current_status: 'cancelled' } })
    for (const who of ['pete', 'paula'] as const) expect((await rests[who].get(path)).status).toBe(404)
  })

  test('of one peer alone are not shown to the one reviewed, in no number', async () => {
    const worlds: ReviewResults[] = []
    for (const peerWrites of [false, true]) {
      const { cycle, of } = await begin()
      await write(rests.john, of(cast.john), 5, 'Mine')
      await write(rests.jane, of(cast.jane), 4, 'Hers')
      if (peerWrites) await write(rests.pete, of(cast.pete), 1, 'Theirs')
      expect((await results(rests.jane, cycle.id, cast.john)).peers_submitted).toBe(peerWrites ? 1 : 0)
      await actCycle(rests.hana, cycle.id, 'complete')
      worlds.push(await results(rests.john, cycle.id, cast.john))
    }
    const shown = worlds.map(({ traits, overall, peers_submitted }) => ({
      overall,
      peers_submitted,
      traits: traits.map(({ questions, ...trait }) => ({
        ...trait,
        questions: questions.map(({ id: _, ...question }) => question),
      })),
    }))
    expect(shown[1]).toEqual(shown[0])
    expect(shown[0]).toMatchObject({ overall: 4.29, peers_submitted: null, traits: [{ peers: null }, {}] })
  })

  test('show what peers said together, and a question that only one rated without a number', async () => {
    const { cycle, of } = await begin()
    const form = await readReview(rests.pete, of(cast.pete))
    const [first, second, third, optional] = questionsOf(form).map(({ id }) => id)
    const rate = (ratings: [string | undefined, number][], comment: string) => ({
      answers: ratings.map(([question_id, rating]) => ({ question_id, rating, comment })),
    })
    await act(
      rests.pete,
      of(cast.pete),
      'save',
      rate(
        [
          [first, 1],
          [second, 2],
          [third, 5],
          [optional, 1],
        ],
        'Zeal',
      ),
    )
    await act(
      rests.paula,
      of(cast.paula),
      'save',
      rate(
        [
          [first, 2],
          [second, 2],
          [third, 5],
        ],
        'Ardour',
      ),
    )
    for (const who of ['pete', 'paula'] as const) await act(rests[who], of(cast[who]), 'submit')
    await actCycle(rests.hana, cycle.id, 'complete')
    const { traits } = await results(rests.john, cycle.id, cast.john)
    expect(traits[0]?.questions[0]?.peers).toEqual({ average: 1.5, comments: ['Ardour', 'Zeal'] })
    expect(traits[1]?.questions[1]?.peers).toEqual({ average: null, comments: ['Zeal'] })
    expect(traits[1]?.peers).toBe(5)
    expect((await results(rests.hana, cycle.id, cast.john)).traits[1]?.peers).toBe(3)
  })
})

test('what a caller has to write awaits them, until it is written', async () => {
  const { of, cycle } = await begin()
  const awaiting = async (who: keyof typeof rests) =>
    done(await rests[who].get<{ items: unknown[] }>('/api/approvals?kind=review'), 200).items
  expect(await awaiting('pete')).toMatchObject([
    {
      kind: 'review',
      id: of(cast.pete),
      title: 'Peer review of John Doe',
      detail: cycle.name,
      subject: { name: 'John Doe' },
      waiting_since: '2027-03-01T09:00:00.000Z',
      waiting_on: [{ name: 'Pete Peer' }],
      due_on: '2027-03-31',
      action_url: `/reviews/${of(cast.pete)}`,
      decisions: [],
    },
  ])
  await write(rests.pete, of(cast.pete), 3)
  expect(await awaiting('pete')).toEqual([])
  expect(await awaiting('hana')).toEqual([])
})
