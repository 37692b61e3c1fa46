/** What is shipped for deployments names what there is: files, settings, ports and addresses. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../../apps/server/src/config.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(root + path, 'utf8')
const namesIn = (text: string) => [...text.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name)

/** Every setting that a server knows, and the one that Node's world gives it. */
const settings = new Set([...namesIn(read('.env.example')), 'NODE_ENV'])
const unknown = (names: Iterable<string>) => [...names].filter(name => !settings.has(name))

interface Compose {
  services: Record<
    string,
    {
      environment?: Record<string, string>
      command?: string[]
      ports?: string[]
      networks: Record<string, { ipv4_address: string }>
    }
  >
}
const composeText = read('deploy/compose.yaml')
const { services } = parse(composeText, { merge: true }) as Compose

test('compose: servers are given settings that they know, and nobody but nginx can be reached', () => {
  for (const name of ['server-1', 'server-2'])
    expect(unknown(Object.keys(services[name]?.environment ?? {}))).toEqual([])
  expect(Object.keys(services).filter(name => services[name]?.ports)).toEqual(['nginx'])
  const asked = [...composeText.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name)
  expect(new Set(asked)).toEqual(new Set(namesIn(read('deploy/compose.env.example'))))
})

test('compose: nginx finds the servers, and the servers believe nginx', () => {
  const addressOf = (name: string) => services[name]?.networks.pms?.ipv4_address
  const script = services.nginx?.command?.at(-1) ?? ''
  let nodes = read('deploy/nginx/nodes.conf')
  for (const [, from = '', to = ''] of script.matchAll(/s\/([\d.:]+)\/([\d.:]+)\//g))
    nodes = nodes.replaceAll(from, to)
  const servers = [...nodes.matchAll(/server ([\d.:]+)/g)].map(([, address]) => address)
  expect(new Set(servers)).toEqual(new Set(['server-1', 'server-2'].map(name => `${addressOf(name)}:8000`)))
  expect(services['server-1']?.environment?.TRUST_PROXY).toBe(addressOf('nginx'))
})

test('Dockerfile: what it copies and starts is there', () => {
  const lines = read('deploy/Dockerfile').split('\n')
  const copied = lines.flatMap(line => /^COPY (?!--from)(\S+) \S+$/.exec(line)?.[1] ?? [])
  expect(copied).toContain('apps/server')
  const started = lines.flatMap(line => /^CMD \["node", (?:"--\S+", )*"(\S+)"\]$/.exec(line)?.[1] ?? [])
  expect(started).toHaveLength(1)
  expect([...copied, ...started].filter(path => !existsSync(root + path))).toEqual([])
  const given = lines.flatMap(line => (line.startsWith('ENV ') ? line.match(/[A-Z_]+(?==)/g) : null) ?? [])
  expect(unknown(given)).toEqual([])
})

test('systemd: the unit starts what there is, on the ports where nginx looks', () => {
  const unit = read('deploy/systemd/pms@.service')
  const [, program = ''] = /^ExecStart=.* node (?:--\S+ )*(\S+)$/m.exec(unit) ?? []
  expect(existsSync(root + program)).toBe(true)
  const given = [...unit.matchAll(/^Environment=([A-Z_]+)=/gm)].map(([, name = '']) => name)
  expect(unknown(given)).toEqual(['PATH'])
  const servers = [...read('deploy/nginx/nodes.conf').matchAll(/server [\d.]+:(\d+)/g)].map(
    ([, port]) => port,
  )
  expect(new Set(servers)).toEqual(new Set(/--now pms@(\d+) pms@(\d+)$/m.exec(unit)?.slice(1)))
})

test('the settings to begin with are taken in production, once the secret is filled in', () => {
  const given = parseEnv(read('deploy/pms.env.example')) as Record<string, string>
  expect(unknown(Object.keys(given))).toEqual([])
  expect(() => readConfig({ ...given, NODE_ENV: 'production' })).toThrow('JWT_SECRET')
  const config = readConfig({ ...given, NODE_ENV: 'production', JWT_SECRET: randomBytes(32).toString('hex') })
  expect(config.databaseUrl).toMatch(/^postgres:/)
})
