/** Uploading files, and who gets them back: what is refused leaves nothing, neither a row nor a file. */
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { ATTACHMENT_ENDINGS, Attachment } from '@pms/contract'
import type { Problem } from '@pms/protocol'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { attachmentsOf, claimAttachments, type ObjectSight } from '../src/attachments/attachments.ts'
import { attachmentFiles } from '../src/attachments/files.ts'
import { attachmentRoutes } from '../src/attachments/routes.ts'
import { type Caller, callerOf, requireCaller } from '../src/auth/caller.ts'
import { createLimits } from '../src/http/limits.ts'
import { createHttp } from '../src/http/server.ts'
import { createOnce } from '../src/idempotency/idempotency.ts'
import {
  createTestClock,
  type Person,
  type Rest,
  startServer,
  type TestServer,
} from '../src/testing/index.ts'
import { expectConform } from './conform.ts'
import { NOBODY, problemFields } from './goal-calls.ts'

const HOUR = 3_600_000
const MB = 1_048_576

const clock = createTestClock()
let server: TestServer
let cast: Awaited<ReturnType<TestServer['addOrganisation']>>
let john: Rest
let folder: string

beforeAll(async () => {
  server = await startServer({ clock, env: { ATTACHMENT_MAX_MB: '1' } })
  cast = await server.addOrganisation()
  john = await server.as(cast.john)
  folder = join(server.dataDir, 'attachments')
})
afterAll(() => server.close())
afterEach(async () => {
  await server.app.database.db.deleteFrom('attachments').execute()
  for (const name of stored()) await attachmentFiles(folder).removeNamed(name)
})

const stored = () => (existsSync(folder) ? readdirSync(folder) : [])
const rows = async () =>
  (await server.app.database.db.selectFrom('attachments').select('id').execute()).length

function formOf(name: string, content: string | Uint8Array<ArrayBuffer>, mediaType = ''): FormData {
  const form = new FormData()
  form.append('file', new Blob([content], { type: mediaType }), name)
  return form
}

async function send(
  who: Person,
  body: FormData | string,
  headers: Record<string, string> = {},
  url = server.url,
) {
  const response = await fetch(`${url}/api/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await server.tokenOf(who)}`, ...headers },
    body,
  })
  return { status: response.status, body: (await response.json()) as unknown }
}

async function upload(who: Person, name = 'report.txt', content = 'All done.'): Promise<Attachment> {
  const { status, body } = await send(who, formOf(name, content))
  expect(status, JSON.stringify(body)).toBe(201)
  return body as Attachment
}

const bytes = (...values: number[]) => Uint8Array.from(values)
const text = (value: string) => new TextEncoder().encode(value)
const ZIP = bytes(0x50, 0x4b, 3, 4, 20, 0)
const OLD_OFFICE = bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0)
const SAMPLES: Record<(typeof ATTACHMENT_ENDINGS)[number], [Uint8Array<ArrayBuffer>, string]> = {
  pdf: [text('%PDF-1.7 x'), 'application/pdf'],
  docx: [ZIP, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  xlsx: [ZIP, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  pptx: [ZIP, 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  doc: [OLD_OFFICE, 'application/msword'],
  xls: [OLD_OFFICE, 'application/vnd.ms-excel'],
  ppt: [OLD_OFFICE, 'application/vnd.ms-powerpoint'],
  odt: [ZIP, 'application/vnd.oasis.opendocument.text'],
  ods: [ZIP, 'application/vnd.oasis.opendocument.spreadsheet'],
  odp: [ZIP, 'application/vnd.oasis.opendocument.presentation'],
  png: [bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'image/png'],
  jpg: [bytes(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
  jpeg: [bytes(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
  webp: [text('RIFF0000WEBPVP8 '), 'image/webp'],
  gif: [text('GIF89a'), 'image/gif'],
  txt: [text('Grüße'), 'text/plain'],
  csv: [text('a;b\n1;2\n'), 'text/csv'],
  zip: [ZIP, 'application/zip'],
}

describe('an upload', () => {
  test.each(ATTACHMENT_ENDINGS)('of %s is kept, and comes back as it was, to be saved', async ending => {
    const [content, mediaType] = SAMPLES[ending]
    // What its sender calls it counts for nothing.
    const { status, body } = await send(
      cast.john,
      formOf(`My report.${ending.toUpperCase()}`, content, 'text/html'),
    )
    expect(status).toBe(201)
    expectConform(Attachment, body)
    const { id } = body as Attachment
    expect(body).toMatchObject({
      name: `My report.${ending.toUpperCase()}`,
      media_type: mediaType,
      size: content.length,
      uploaded_by: { id: cast.john.id, name: 'John Doe' },
    })
    expect(stored()).toEqual([id])

    const answer = await fetch(`${server.url}/api/attachments/${id}/content`, {
      headers: { authorization: `Bearer ${await server.tokenOf(cast.john)}` },
    })
    expect(answer.status).toBe(200)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(content)
    expect(answer.headers.get('content-type')).toBe(
      mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    )
    expect(answer.headers.get('content-length')).toBe(String(content.length))
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="My report\./)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toMatch(/\bsandbox\b/)
    expect(answer.headers.get('content-security-policy')).not.toMatch(/allow-/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['..\\..\\boot.txt', 'boot.txt'],
    ['/absolute/a.txt', 'a.txt'],
    ['C:\\fakepath\\a.txt', 'a.txt'],
    ['..txt', null],
    ['.txt', null],
    ['. .. .txt', null],
    ['a\u0000b\u001f.txt', 'ab.txt'],
    ['two   spaces\t.txt', 'two spaces.txt'],
    ['turn\u202Etxt.exe', null],
    ['turned\u202Eexe.txt', 'turnedexe.txt'],
    ['Отчёт — 報告 "final".txt', 'Отчёт — 報告 "final".txt'],
    [`${'x'.repeat(300)}.txt`, `${'x'.repeat(116)}.txt`],
    [`${'報'.repeat(200)}.txt`, `${'報'.repeat(116)}.txt`],
  ])('called %j has a name of one line and no path', async (sent, name) => {
    // By hand: a form of the platform would clean up some of it.
    const body = `--x\r\ncontent-disposition: form-data; name="file"; filename="${sent.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"\r\n\r\nhello\r\n--x--\r\n`
    const answer = await send(cast.john, body, { 'content-type': 'multipart/form-data; boundary=x' })
    if (name === null) {
      expect(answer.status).toBe(415)
      expect(stored()).toEqual([])
      return
    }
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const attachment = answer.body as Attachment
    expect(attachment.name).toBe(name)
    expect(stored()).toEqual([attachment.id])
    const { headers } = await john.get(`/api/attachments/${attachment.id}/content`)
    const [, encoded = ''] = /filename\*=UTF-8''(\S+)$/.exec(headers.get('content-disposition') ?? '') ?? []
    expect(decodeURIComponent(encoded)).toBe(name)
  })

  test('may be as large as is allowed, and no larger', async () => {
    await upload(cast.john, 'full.txt', 'x'.repeat(MB))
    for (const size of [MB + 1, 3 * MB]) {
      const { status, body } = await send(cast.john, formOf('big.txt', 'x'.repeat(size)))
      expect(status).toBe(413)
      expect(body).toMatchObject({ code: 'too_large', detail: expect.stringContaining('1 MB') })
    }
    expect([stored().length, await rows()]).toEqual([1, 1])
  })

  test.each<[string, () => FormData | string, Record<string, string>, number, string[]]>([
    ['a program', () => formOf('run.exe', 'MZ'), {}, 415, []],
    ['a page', () => formOf('page.html', '<script>'), {}, 415, []],
    ['a drawing that can hold a script', () => formOf('a.svg', '<svg/>'), {}, 415, []],
    ['a document with macros', () => formOf('a.docm', ZIP), {}, 415, []],
    ['a name without an ending', () => formOf('README', 'x'), {}, 415, []],
    ['a name that ends twice', () => formOf('a.pdf.exe', '%PDF-'), {}, 415, []],
    ['a page that says it is an image', () => formOf('a.png', '<html>', 'image/png'), {}, 422, ['file']],
    ['a program that says it is text', () => formOf('a.txt', bytes(0x4d, 0x5a, 0, 0)), {}, 422, ['file']],
    ['text that says it is a PDF', () => formOf('a.pdf', 'hello'), {}, 422, ['file']],
    ['another image than it says', () => formOf('a.gif', SAMPLES.png[0]), {}, 422, ['file']],
    ['nothing in it', () => formOf('empty.txt', ''), {}, 422, ['file']],
    ['no file', () => new FormData(), {}, 422, ['file']],
    [
      'two files',
      () => {
        const form = formOf('a.txt', 'a')
        form.append('file', new Blob(['b']), 'b.txt')
        return form
      },
      {},
      422,
      ['file'],
    ],
    ['JSON', () => '{"file":"x"}', { 'content-type': 'application/json' }, 415, []],
    ['text that is no form', () => 'hello', { 'content-type': 'text/plain' }, 415, []],
    ['a form without a boundary', () => 'x', { 'content-type': 'multipart/form-data' }, 400, []],
    [
      'a form that breaks off',
      () => '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhel',
      { 'content-type': 'multipart/form-data; boundary=x' },
      400,
      [],
    ],
  ])('of %s is refused and leaves nothing', async (_what, body, headers, status, fields) => {
    const answer = await send(cast.john, body(), headers)
    expect(answer.status, JSON.stringify(answer.body)).toBe(status)
    expect(answer.body).toMatchObject({ status, detail: expect.any(String) })
    if (status === 422) expect(problemFields(answer.body as Problem)).toEqual(fields)
    // A form that broke off is answered at once, and what came of it removed as soon as it is closed.
    await expect.poll(stored).toEqual([])
    expect(await rows()).toBe(0)
    expect(server.log.filter(line => line.includes('request failed'))).toEqual([])
  })

  test('that is refused is read to its end: what follows on the connection is answered', async () => {
    const token = await server.tokenOf(cast.john)
    const socket = connect((server.app.http.server.address() as AddressInfo).port, '127.0.0.1')
    const part = '--x\r\ncontent-disposition: form-data; name="file"; filename="run.exe"\r\n\r\n'
    const body = `${part}${'y'.repeat(900_000)}\r\n--x--\r\n`
    const head = `host: x\r\nauthorization: Bearer ${token}\r\n`
    socket.write(
      `POST /api/attachments HTTP/1.1\r\n${head}content-type: multipart/form-data; boundary=x\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    socket.write(`GET /api/auth/me HTTP/1.1\r\n${head}connection: close\r\n\r\n`)
    let answers = ''
    for await (const chunk of socket) answers += chunk
    expect([...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status)).toEqual(['415', '200'])
  })

  test('that its sender breaks off leaves nothing', async () => {
    const token = await server.tokenOf(cast.john)
    const socket = connect((server.app.http.server.address() as AddressInfo).port, '127.0.0.1')
    const head = 'content-disposition: form-data; name="file"; filename="a.txt"'
    socket.write(
      `POST /api/attachments HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 900000\r\n\r\n--x\r\n${head}\r\n\r\n${'y'.repeat(200_000)}`,
    )
    await vi.waitUntil(() => stored().length === 1)
    socket.destroy()
    await vi.waitUntil(() => stored().length === 0)
    expect(await rows()).toBe(0)
    expect(server.log.filter(line => line.includes('request failed'))).toEqual([])
  })

  test('that is sent again under its Idempotency-Key is kept once', async () => {
    const again = { 'idempotency-key': 'upload-1' }
    const answers = []
    for (let at = 0; at < 3; at++) answers.push(await send(cast.john, formOf('a.txt', 'a'), again))
    expect(answers.map(answer => answer.status)).toEqual([201, 201, 201])
    const ids = new Set(answers.map(answer => (answer.body as Attachment).id))
    for (const other of [formOf('a.txt', 'b'), formOf('b.txt', 'a')])
      expect(await send(cast.john, other, again)).toMatchObject({
        status: 409,
        body: { code: 'idempotency_mismatch' },
      })
    expect([stored(), await rows()]).toEqual([[...ids], 1])
  })

  test('needs somebody signed in', async () => {
    const body = formOf('a.txt', 'a')
    expect((await fetch(`${server.url}/api/attachments`, { method: 'POST', body })).status).toBe(401)
    expect(stored()).toEqual([])
  })

  test('is one of twenty at most that belong to nothing, also when many come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, at) => send(cast.john, formOf(`${at}.txt`, 'x'))),
    )
    expect(answers.filter(answer => answer.status === 201)).toHaveLength(20)
    for (const { status, body } of answers.filter(answer => answer.status !== 201))
      expect([status, (body as Problem).code]).toEqual([409, 'too_many_unclaimed'])
    expect([stored().length, await rows()]).toEqual([20, 20])
    await upload(cast.jane)
  })
})

describe('what belongs to nothing yet', () => {
  test('is its uploader’s alone to read and to delete', async () => {
    const { id } = await upload(cast.john)
    for (const person of [cast.jane, cast.hana, cast.ada]) {
      const rest = await server.as(person)
      for (const answer of [
        await rest.get(`/api/attachments/${id}/content`),
        await rest.delete(`/api/attachments/${id}`),
      ])
        expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
    }
    expect((await server.rest().get(`/api/attachments/${id}/content`)).status).toBe(401)
    expect((await john.delete(`/api/attachments/${id}`)).status).toBe(200)
    await vi.waitUntil(() => stored().length === 0)
    expect((await john.get(`/api/attachments/${id}/content`)).status).toBe(404)
    expect((await john.delete(`/api/attachments/${id}`)).status).toBe(404)
  })

  test('is not found under anything but an id', async () => {
    mkdirSync(folder, { recursive: true })
    for (const name of ['x', '..', '%2e%2e', '..%2fjwt-secret', '%2e%2e%2fpms.sqlite', `${NOBODY}%00`]) {
      const { status } = await john.get(`/api/attachments/${name}/content`)
      expect([404, 422], name).toContain(status)
    }
  })
})

describe('what belongs to something', () => {
  const OBJECT = { type: 'thing', id: NOBODY }
  const asCaller = (person: Person) => ({ ...person, permissions: new Set() }) as unknown as Caller
  let seenBy: readonly Person[] = []
  const sight: ObjectSight = {
    thing: async (_db, caller, id) => id === OBJECT.id && seenBy.some(person => person.id === caller.id),
  }
  let url: string
  let http: Awaited<ReturnType<typeof createHttp>>

  beforeAll(async () => {
    http = await createHttp({ logger: pino({ level: 'silent' }), allowedOrigins: [] })
    const { database, auth } = server.app
    await http.register(async api => {
      requireCaller(api, auth.authenticate, createLimits(null).steady('rest', 10_000))
      const once = createOnce({ database, callerId: request => callerOf(request).id })
      attachmentRoutes(api, { database, once, files: attachmentFiles(folder), maxBytes: MB, sight })
    })
    url = await http.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(() => http.close())

  const claim = (person: Person, ids: readonly string[], object = OBJECT) =>
    server.app.database.transaction(tx => claimAttachments(tx, asCaller(person), ids, object))
  const read = async (person: Person, id: string) => {
    const headers = { authorization: `Bearer ${await server.tokenOf(person)}` }
    return (await fetch(`${url}/api/attachments/${id}/content`, { headers })).status
  }

  test('is seen by whoever sees that, and by nobody else', async () => {
    const first = await upload(cast.john, 'a.txt')
    const second = await upload(cast.john, 'b.txt')
    await claim(cast.john, [second.id, first.id])
    expect(await attachmentsOf(server.app.database.db, 'thing', NOBODY)).toEqual([first, second])
    seenBy = [cast.jane]
    expect(await Promise.all([cast.jane, cast.john, cast.ada].map(one => read(one, first.id)))).toEqual([
      200, 404, 404,
    ])
    // No object of a type that nobody told of is seen.
    expect((await john.get(`/api/attachments/${first.id}/content`)).status).toBe(404)
  })

  test('stays with it', async () => {
    const { id } = await upload(cast.john)
    await claim(cast.john, [id])
    seenBy = [cast.john]
    const headers = { authorization: `Bearer ${await server.tokenOf(cast.john)}` }
    const answer = await fetch(`${url}/api/attachments/${id}`, { method: 'DELETE', headers })
    expect([answer.status, await answer.json()]).toMatchObject([409, { current_status: 'claimed' }])
    expect(await read(cast.john, id)).toBe(200)
  })

  test('was its claimer’s, and free', async () => {
    const mine = await upload(cast.john)
    const other = await upload(cast.jane)
    const used = await upload(cast.john)
    await claim(cast.john, [used.id])
    for (const ids of [[other.id], [NOBODY], [used.id], [mine.id, other.id]]) {
      const refusal = await claim(cast.john, ids, { type: 'thing', id: 'another' }).catch(error => error)
      expect(refusal.toProblem()).toMatchObject({ status: 422, errors: [{ field: 'attachment_ids' }] })
    }
    // Nothing of a refused claim holds.
    expect((await john.delete(`/api/attachments/${mine.id}`)).status).toBe(200)
  })

  test('is ten files at most, also in parts', async () => {
    const ids: string[] = []
    for (let at = 0; at < 11; at++) ids.push((await upload(cast.john)).id)
    await expect(claim(cast.john, ids)).rejects.toThrow('at most 10')
    await claim(cast.john, ids.slice(0, 6))
    await expect(claim(cast.john, ids.slice(6))).rejects.toThrow('at most 10')
    await claim(cast.john, ids.slice(6, 10))
    expect(await attachmentsOf(server.app.database.db, 'thing', NOBODY)).toHaveLength(10)
  })
})

describe('the clean-up', () => {
  test('takes what nobody claimed for a day and what no row knows of, and nothing younger', async () => {
    const now = () => clock().getTime()
    const old = await upload(cast.john, 'old.txt')
    const claimed = await upload(cast.john, 'claimed.txt')
    await server.app.database.transaction(tx =>
      claimAttachments(tx, { ...cast.john } as Caller, [claimed.id], { type: 'thing', id: NOBODY }),
    )
    clock.advance(23 * HOUR)
    const young = await upload(cast.john, 'young.txt')
    clock.advance(2 * HOUR)
    for (const [name, age] of [
      ['stray', 25 * HOUR],
      ['broken.part', 25 * HOUR],
      ['under-way.part', HOUR],
      [claimed.id, 25 * HOUR],
      [young.id, 2 * HOUR],
    ] as const) {
      const path = join(folder, name)
      if (!existsSync(path)) writeFileSync(path, 'x')
      utimesSync(path, (now() - age) / 1000, (now() - age) / 1000)
    }
    await server.app.jobs.run('attachment-clean-up')
    expect(stored().sort()).toEqual([claimed.id, young.id, 'under-way.part'].sort())
    expect(await rows()).toBe(2)
    expect((await (await server.as(cast.john)).get(`/api/attachments/${old.id}/content`)).status).toBe(404)
    await server.app.jobs.run('attachment-clean-up')
    expect(stored()).toHaveLength(3)
  })
})

test('a file on disk is what was sent, for its owner alone', async () => {
  const content = 'y'.repeat(700_000)
  const { id } = await upload(cast.john, 'long.txt', content)
  const digest = (value: string | Buffer) => createHash('sha256').update(value).digest('hex')
  expect(digest(readFileSync(join(folder, id)))).toBe(digest(content))
  expect(statSync(join(folder, id)).mode & 0o777).toBe(0o600)
})
