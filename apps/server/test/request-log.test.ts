import { expect, test, vi } from 'vitest'
import { createLogger } from '../src/http/logging.ts'
import { RequestLog } from '../src/http/request-log.ts'

function logOf(level: string) {
  const lines: string[] = []
  const logger = createLogger(level, { write: line => void lines.push(line) })
  const child = vi.spyOn(logger, 'child')
  return {
    log: new RequestLog(logger, { reqId: 'r1' }),
    lines: () => lines.map(each => JSON.parse(each)),
    child,
  }
}

test('every line says of which request it is, whose, and what is told of it', () => {
  const { log, lines, child } = logOf('info')
  const own = log.child({ user_id: 'u1' })
  own.info({ ms: 3 }, 'request')
  own.warn('slow: %s', 'very')
  log.error({ err: new Error('lost') }, 'failed')
  expect(lines()).toMatchObject([
    { level: 30, reqId: 'r1', user_id: 'u1', ms: 3, msg: 'request' },
    { level: 40, reqId: 'r1', user_id: 'u1', msg: 'slow: very' },
    { level: 50, reqId: 'r1', err: { message: 'lost' }, msg: 'failed' },
  ])
  expect(lines()[2]).not.toHaveProperty('user_id')
  expect(child).toHaveBeenCalledTimes(2)
})

test('what nobody wants to read is not put together', () => {
  const { log, lines, child } = logOf('warn')
  log.child({ user_id: 'u1' }).info('request')
  log.debug('request')
  expect(lines()).toEqual([])
  expect(child).not.toHaveBeenCalled()
})
