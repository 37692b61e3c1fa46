import { describe, expect, it } from 'vitest'
import { ApiError, errorOf, fieldErrors, sentenceOf, unreachable } from '../src/api/problem.ts'

const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
  new Response(body, { status, headers })

describe('the error of an answer', () => {
  it('says what the server said', async () => {
    const error = await errorOf(
      answer(409, JSON.stringify({ status: 409, detail: 'Jane approved it.', code: 'wrong_status' })),
    )
    expect(error).toMatchObject({ status: 409, message: 'Jane approved it.' })
  })
  it('has words of its own for a proxy that answers in HTML', async () => {
    const error = await errorOf(answer(502, '<h1>Bad gateway</h1>'))
    expect(error.status).toBe(502)
    expect(error.message).not.toContain('<')
  })
  it('knows how long to wait', async () => {
    expect((await errorOf(answer(429, '{}', { 'retry-after': '42' }))).retryAfter).toBe(42)
    expect((await errorOf(answer(429, '{}'))).retryAfter).toBeNull()
  })
})

it('finds messages by the name of the field, whatever path it came with', () => {
  const error = new ApiError({
    type: '',
    title: '',
    status: 422,
    detail: 'Bad input',
    code: 'invalid',
    errors: [
      { field: '/title', message: 'too long' },
      { field: 'body.year', message: 'too early' },
      { field: 'title', message: 'a second one' },
    ],
  })
  expect(fieldErrors(error)).toEqual({ title: 'too long', year: 'too early' })
  expect(fieldErrors(new Error('x'))).toEqual({})
})

it('never shows a person the words of a program', () => {
  expect(sentenceOf(new TypeError('undefined is not a function'))).not.toContain('undefined')
  expect(sentenceOf(unreachable())).toContain('connection')
})
