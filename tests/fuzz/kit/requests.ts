/** Requests as bytes, of which no HTTP library would send one: something is wrong with each, or might be. */
import type { Chance } from '../../faults/kit/random.ts'

export interface RawRequest {
  bytes: Buffer
  /** Whether it breaks a rule for certain, so that nothing of it may be done. */
  isWrong: boolean
}

/** One of these goes wrong in a request. */
const WRONGS = [
  'line',
  'header',
  'headers',
  'length',
  'chunks',
  'path',
  'query',
  'type',
  'json',
  'bytes',
  'pipeline',
] as const

const PATHS = [
  '/api/goals',
  '/api/notifications',
  '/api/users',
  '/api/auth/login',
  '/api/nowhere',
  '/',
  '/metrics',
  '/assets/x.js',
]
const ODD_PATHS = [
  '/%',
  '/%zz',
  `/api/goals/${'a'.repeat(500)}`,
  '/%00',
  '/api/goals/%ff%fe',
  '/..%2f..%2fetc/passwd',
  '//',
  '/api//goals',
  '/\\',
  '/api/goals/%2e%2e',
  '/a'.repeat(5_000),
  '/api/goals;x=1',
  '/api/goals#x',
  '*',
  'http://elsewhere.test/api/goals',
  'elsewhere.test:443',
  '/\u00e9',
  '/api/goals/\ud83d\ude00',
]
const ODD_QUERIES = [
  '?',
  '??',
  '?%',
  '?%zz=1',
  '?skip=1&skip=2',
  '?skip[]=1',
  '?skip[a]=1',
  '?__proto__[x]=1',
  '?constructor=1',
  `?a=${'b'.repeat(12_000)}`,
  `?${'a&'.repeat(5_000)}`,
  '?limit=%00',
  '?limit=1e999',
  '?=1',
  '?skip=%F0%9F%98%80',
]
const ODD_LINES = [
  '',
  'GET',
  'GET /',
  'GET / HTTP/9.9',
  'GET / HTTP/1.1 x',
  'get / http/1.1',
  'G\0T / HTTP/1.1',
  'PRI * HTTP/2.0',
  '\x16\x03\x01\x02\0\x01',
  'FROB /api/goals HTTP/1.1',
  'CONNECT x:1 HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'TRACE / HTTP/1.1',
  'GET\t/\tHTTP/1.1',
  `GET ${'x'.repeat(20_000)} HTTP/1.1`,
]
const ODD_HEADERS = [
  'Host',
  ': x',
  'A b: c',
  'X: \0',
  'X: a\rb',
  ' folded',
  'Content-Length: -1',
  'Content-Length: 1, 2',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked, chunked',
  'Transfer-Encoding: xchunked',
  'Connection: upgrade\r\nUpgrade: h2c',
  'Upgrade: websocket\r\nConnection: upgrade',
  'Expect: 100-continue',
  'Expect: the-moon',
  'Authorization: Bearer ',
  'Authorization: Bearer a b c',
  'Authorization: Basic eDp4',
  `Authorization: Bearer ${'a.'.repeat(4_000)}`,
  'Cookie: =; ;;; a',
  'Accept: \xff',
  'Origin: null',
  'Origin: https://elsewhere.test',
  'Accept-Encoding: gzip;q=x',
  'Range: bytes=0-,5-1',
  'If-None-Match: "',
  'If-Modified-Since: never',
  'X-Forwarded-For: %00, ::::',
  'Idempotency-Key: \t',
  'Content-Encoding: gzip',
  'Host: a b',
]
const ODD_TYPES = [
  '',
  'text/plain',
  'application/xml',
  'application/json; charset=utf-16',
  'application/json;;;',
  'application/jsonx',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=x',
  'APPLICATION/JSON',
  '*/*',
  '\xff',
  'application/json, text/plain',
]
const ODD_JSON = [
  '{',
  '}',
  '[',
  'nul',
  '"',
  '"\\ud800"',
  '"\\u0000"',
  '{"title":"\\ud800","title":"b"}',
  '{"a":1,"a":2}',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '1e999',
  '-0',
  '1'.repeat(5_000),
  '\ufeff{}',
  '{"title":1}x',
  "{'a':1}",
  '{"a":NaN}',
  '\0',
  '[1,]',
  '// x',
  '{"\\u0000":1}',
  '"\xff\xfe"',
]
const BODIED = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

/** @param token of somebody who may create what it is about */
export function rawRequest(chance: Chance, token: string): RawRequest {
  const wrong = chance.pick(WRONGS)
  const headers = ['Host: fuzz.test', `Authorization: Bearer ${token}`]
  let path: string = chance.pick(PATHS)
  let method: string = chance.pick(['GET', 'GET', ...BODIED])
  let body: Buffer = Buffer.from(chance.pick(['', '{}', '{"title":"x"}']))
  let isWrong = false
  let isMeasured = true
  switch (wrong) {
    case 'line': {
      const line = chance.pick(ODD_LINES)
      return { bytes: Buffer.from(`${line}\r\n${headers.join('\r\n')}\r\n\r\n`, 'latin1'), isWrong: false }
    }
    case 'header':
      headers.splice(chance.below(3), 0, chance.pick(ODD_HEADERS))
      break
    case 'headers':
      for (let n = chance.pick([60, 500, 3_000]); n > 0; n--)
        headers.push(`X-${n}: ${'x'.repeat(chance.below(40))}`)
      break
    case 'length':
      headers.push(`Content-Length: ${chance.pick(['5', '1', '300000', '3000000000', '0x5', '+5', ' 5 5'])}`)
      isMeasured = false
      break
    case 'chunks':
      method = chance.pick(BODIED)
      headers.push('Transfer-Encoding: chunked')
      isMeasured = false
      body = chunks(chance, body)
      break
    case 'path':
      path = chance.pick(ODD_PATHS)
      break
    case 'query':
      path += chance.pick(ODD_QUERIES)
      break
    case 'type':
      method = chance.pick(BODIED)
      headers.push(`Content-Type: ${chance.pick(ODD_TYPES)}`)
      break
    case 'json':
      method = chance.pick(['POST', 'PUT', 'PATCH'])
      headers.push('Content-Type: application/json')
      body = Buffer.from(json(chance), 'latin1')
      // Right JSON of a wrong kind is nothing to this one.
      if (chance.below(2) === 0) [method, path] = ['PUT', '/api/notifications/mark-all-read']
      isWrong = !isJson(body.toString())
      break
    case 'bytes':
      return {
        bytes: Buffer.from(Array.from({ length: chance.below(3_000) }, () => chance.below(256))),
        isWrong: true,
      }
    case 'pipeline': {
      const one = `GET ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`
      return { bytes: Buffer.from(one.repeat(chance.pick([2, 8, 30]))), isWrong: false }
    }
  }
  if (isMeasured && (body.length > 0 || method !== 'GET')) headers.push(`Content-Length: ${body.length}`)
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`, 'latin1')
  return { bytes: Buffer.concat([head, body]), isWrong }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return text.trim() === ''
  }
}

function json(chance: Chance): string {
  switch (chance.below(4)) {
    case 0:
      return chance.pick(['[', '{"a":', '[{"a":']).repeat(chance.pick([50, 5_000, 60_000]))
    case 1: {
      const depth = chance.pick([50, 5_000])
      return '['.repeat(depth) + ']'.repeat(depth)
    }
    default:
      return chance.pick(ODD_JSON)
  }
}

function chunks(chance: Chance, body: Buffer): Buffer {
  const right = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
  const given = chance.pick([
    right,
    'zz\r\n{}\r\n0\r\n\r\n',
    '-1\r\n{}\r\n0\r\n\r\n',
    'ffffffffffffffffff\r\n{}\r\n',
    '5\r\n{}\r\n0\r\n\r\n',
    `2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
    `2\r\n{}\r\n0\r\n${'X: y\r\n'.repeat(2_000)}\r\n`,
    '2\n{}\n0\n\n',
    `${'1\r\nx\r\n'.repeat(3_000)}0\r\n\r\n`,
    '',
  ])
  return Buffer.from(given, 'latin1')
}
