/** What clients may say, and that it is understood as it was meant. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Command, formatCommand, parseCommand } from '../src/commands.ts'

const number = fc.nat({ max: 999_999_999_999_999 })
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constant({ verb: 'ping' as const }),
  fc.record({ verb: fc.constantFrom('mark_read' as const, 'mark_unread', 'delete'), id: fc.uuid() }),
  fc.record({ verb: fc.constant('mark_all_read' as const), throughSeq: fc.option(number) }),
  fc.record({ verb: fc.constant('sync' as const), since: number }),
)
const blank = fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n'), maxLength: 3 })

const ID = '0190a5f0-7b1c-7d6e-8f00-0123456789ab'

describe('commands', () => {
  it('are read as they were written, whatever white space is around them', () => {
    fc.assert(
      fc.property(command, blank, blank, (said, before, after) => {
        expect(parseCommand(before + formatCommand(said) + after)).toEqual(said)
      }),
    )
  })

  it.each<[string, Command]>([
    ['ping', { verb: 'ping' }],
    [`mark_read:${ID}`, { verb: 'mark_read', id: ID }],
    [`mark_unread:${ID}`, { verb: 'mark_unread', id: ID }],
    [`delete:${ID}`, { verb: 'delete', id: ID }],
    ['mark_all_read', { verb: 'mark_all_read', throughSeq: null }],
    ['mark_all_read:0', { verb: 'mark_all_read', throughSeq: 0 }],
    ['mark_all_read:12', { verb: 'mark_all_read', throughSeq: 12 }],
    ['sync:0', { verb: 'sync', since: 0 }],
    ['auth:a.b.c', { verb: 'auth', token: 'a.b.c' }],
  ])('%s', (text, meant) => {
    expect(parseCommand(text)).toStrictEqual(meant)
    expect(formatCommand(meant)).toBe(text)
  })

  it('an id means the same in capitals', () => {
    expect(parseCommand(`mark_read:${ID.toUpperCase()}`)).toStrictEqual({ verb: 'mark_read', id: ID })
  })
})

describe('refusals', () => {
  it.each([
    '',
    ' ',
    ':',
    'PING',
    'pong',
    'read',
    `mark_read ${ID}`,
    `:${ID}`,
    '{"type":"ping"}',
    '__proto__:1',
  ])('%j is no command', text => {
    expect(parseCommand(text)).toStrictEqual({
      code: 'unknown_command',
      message: expect.stringContaining('mark_read:<id>'),
    })
  })

  it.each([
    'ping:',
    'ping:1',
    'mark_read',
    'mark_read:',
    'mark_read:1',
    `mark_read: ${ID}`,
    `mark_read:${ID}:${ID}`,
    `mark_read:${ID}\n${ID}`,
    `mark_read:${ID.replaceAll('-', '')}`,
    `mark_read:${ID.slice(0, -1)}g`,
    'mark_unread:x',
    'delete:*',
    'mark_all_read:',
    'mark_all_read:-1',
    'mark_all_read:1.5',
    'mark_all_read:1e3',
    `mark_all_read:${ID}`,
    'sync',
    'sync:',
    'auth:',
    'sync:-1',
    'sync:+1',
    'sync:0x10',
    'sync:NaN',
    `sync:${'9'.repeat(16)}`,
  ])('%j says what was wrong with it', text => {
    const [verb = ''] = text.split(':')
    expect(parseCommand(text)).toStrictEqual({
      code: 'bad_argument',
      message: expect.stringContaining(verb),
    })
  })

  it('no text makes it throw, or understand what it would say otherwise', () => {
    const verb = fc.constantFrom('ping', 'mark_read', 'mark_unread', 'delete', 'mark_all_read', 'sync', '')
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(verb, fc.string()).map(([name, rest]) => `${name}:${rest}`),
    )
    fc.assert(
      fc.property(text, said => {
        const read = parseCommand(said)
        if (!('code' in read)) expect(parseCommand(formatCommand(read))).toStrictEqual(read)
        else expect(read.message).not.toBe('')
      }),
      { numRuns: 1_000 },
    )
  })
})
