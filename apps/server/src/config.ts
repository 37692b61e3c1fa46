/**
 * What an installation can set: environment variables, checked once at the start. Everything else takes a `Config`;
 * nothing else reads the environment.
 */
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ForeignTrust } from './auth/foreign-tokens.ts'
import { weaknessOf } from './auth/secret-strength.ts'
import { foreignProblems, foreignTrust } from './foreign-trust.ts'
import { createProxies, type TrustedProxies } from './http/proxies.ts'
import { describeErrors, type FieldProblem } from './schema/describe-errors.ts'
import { readWords } from './schema/read-words.ts'
import { StartError } from './start-error.ts'

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const Limit = (usual: number) => Type.Integer({ minimum: 1, maximum: 1_000_000, default: usual })

const Environment = Type.Object({
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8000 }),
  HOST: Type.String({ default: '127.0.0.1' }),
  DATA_DIR: Type.String({ default: './data' }),
  DATABASE_URL: Type.Optional(Type.String()),
  REDIS_URL: Type.Optional(Type.String()),
  ATTACHMENT_DIR: Type.Optional(Type.String()),
  JWT_SECRET: Type.Optional(Type.String()),
  JWT_PUBLIC_KEY: Type.Optional(Type.String()),
  JWT_JWKS_URL: Type.Optional(Type.String()),
  JWT_SHARED_SECRET: Type.Optional(Type.String()),
  JWT_ISSUER: Type.Optional(Type.String()),
  JWT_AUDIENCE: Type.Optional(Type.String()),
  JWT_USER_CLAIM: Type.String({ default: 'sub' }),
  CORS_ALLOWED_ORIGINS: Type.String({ default: '' }),
  TRUST_PROXY: Type.String({ default: '' }),
  DRAIN_SECONDS: Type.Optional(Type.Integer({ minimum: 0, maximum: 300 })),
  TIME_ZONE: Type.Optional(Type.String()),
  DEMO: Type.Optional(Type.Enum(['0', '1'])),
  LOG_LEVEL: Type.Optional(Type.Enum(LOG_LEVELS)),
  METRICS_TOKEN: Type.Optional(Type.String()),
  RETENTION_DAYS: Type.Integer({ minimum: 0, maximum: 36_500, default: 365 }),
  INBOX_LIMIT: Type.Integer({ minimum: 0, maximum: 10_000_000, default: 100_000 }),
  ATTACHMENT_MAX_MB: Type.Integer({ minimum: 1, maximum: 1_000, default: 10 }),
  REST_PER_SECOND: Limit(50),
  LOGINS_PER_MINUTE: Limit(10),
  COMMANDS_PER_SECOND: Limit(20),
  UPGRADES_PER_SECOND: Limit(200),
  SOCKETS_PER_USER: Limit(20),
  NODE_ENV: Type.Enum(['development', 'test', 'production'], { default: 'development' }),
})
type Environment = Static<typeof Environment>

const environment = Compile(Environment)

export interface Config {
  isProduction: boolean
  port: number
  host: string
  dataDir: string
  /** PostgreSQL; null: a file in `dataDir`. */
  databaseUrl: string | null
  /** Redis or Valkey, by which several servers hear of each other; null: this is the only one. */
  redisUrl: string | null
  /** null: one is made and kept in `dataDir`. */
  jwtSecret: string | null
  /** Another system, whose tokens are good here too. */
  foreignTokens: ForeignTrust | null
  /** Origins of other pages that may call with credentials. */
  allowedOrigins: readonly string[]
  /** Proxies that are believed when they say whom they speak for. */
  trustedProxies: TrustedProxies
  /** How long, before it stops, the server only says that it will. */
  drainMs: number
  /** IANA name. */
  timeZone: string
  /** Whether demo accounts may exist here, and whether an empty database is filled with them. */
  demo: { allowed: boolean; seed: boolean }
  logLevel: (typeof LOG_LEVELS)[number]
  /** What opens `/metrics`; null: being on this machine does. */
  metricsToken: string | null
  /** The largest file that people may upload. */
  attachmentMaxBytes: number
  /** Where uploaded files are kept; servers of one installation share it. */
  attachmentDir: string
  /** Days after which notifications that were read go; 0: never. */
  retentionDays: number
  /** Notifications of one inbox above which the oldest that were read go; 0: any number. */
  inboxLimit: number
  limits: {
    /** REST calls of one person, or of one address while nobody is signed in. */
    restPerSecond: number
    /** Failed sign-ins from one place: an address, or a browser in which the account was used before. */
    loginsPerMinute: number
    /** Commands of one socket. */
    commandsPerSecond: number
    /** Sockets that one address may open. */
    upgradesPerSecond: number
    /** Sockets that one person may have open. */
    socketsPerUser: number
  }
}

/** Says which variables are wrong, and why. Never repeats a value: it may be a secret. */
function refuse(problems: readonly FieldProblem[]): StartError {
  return new StartError(
    ['The configuration is not right:', ...problems.map(({ message }) => `  ${message}`)].join('\n'),
  )
}

/** Adds what a file `.env` in the working directory says to the environment, which has the last word. */
export function loadEnvFile(): void {
  try {
    process.loadEnvFile('.env')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

/** @throws {StartError} */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, string> = {}
  for (const name of Object.keys(Environment.properties)) {
    const value = variables[name]?.trim()
    if (value) given[name] = value
  }
  const words = environment.Default(readWords(Environment, given))
  const problems = findProblems(given)
  if (!environment.Check(words)) throw refuse([...describeErrors(environment.Errors(words)), ...problems])
  if (problems.length > 0) throw refuse(problems)

  const isProduction = words.NODE_ENV === 'production'
  const demoAllowed = !isProduction && (isLoopback(words.HOST) || words.DEMO === '1')
  return {
    isProduction,
    port: words.PORT,
    host: words.HOST,
    dataDir: words.DATA_DIR,
    databaseUrl: words.DATABASE_URL ?? null,
    redisUrl: words.REDIS_URL ?? null,
    jwtSecret: words.JWT_SECRET ?? null,
    foreignTokens: foreignTrust(words),
    allowedOrigins: listOf(words.CORS_ALLOWED_ORIGINS),
    trustedProxies: proxies(words.TRUST_PROXY),
    // A balancer needs a moment to notice; whoever tries things out has none.
    drainMs: (words.DRAIN_SECONDS ?? (isProduction ? 3 : 0)) * 1_000,
    timeZone: words.TIME_ZONE ?? systemTimeZone(),
    demo: {
      allowed: demoAllowed,
      // A PostgreSQL was made by somebody for something: they are asked first.
      seed: demoAllowed && (words.DATABASE_URL === undefined ? words.DEMO !== '0' : words.DEMO === '1'),
    },
    // A terminal stays calm; a log that somebody collects tells of every request.
    logLevel: words.LOG_LEVEL ?? (isProduction ? 'info' : 'warn'),
    metricsToken: words.METRICS_TOKEN ?? null,
    attachmentMaxBytes: words.ATTACHMENT_MAX_MB * 1_048_576,
    attachmentDir: words.ATTACHMENT_DIR ?? join(words.DATA_DIR, 'attachments'),
    retentionDays: words.RETENTION_DAYS,
    inboxLimit: words.INBOX_LIMIT,
    limits: {
      restPerSecond: words.REST_PER_SECOND,
      loginsPerMinute: words.LOGINS_PER_MINUTE,
      commandsPerSecond: words.COMMANDS_PER_SECOND,
      upgradesPerSecond: words.UPGRADES_PER_SECOND,
      socketsPerUser: words.SOCKETS_PER_USER,
    },
  }
}

/** What a schema cannot say. */
function findProblems(given: Readonly<Record<string, string>>): FieldProblem[] {
  const {
    NODE_ENV,
    JWT_SECRET,
    DATABASE_URL,
    REDIS_URL,
    METRICS_TOKEN,
    DEMO,
    TIME_ZONE,
    CORS_ALLOWED_ORIGINS = '',
    TRUST_PROXY = '',
  } = given
  const isProduction = NODE_ENV === 'production'
  const problems: FieldProblem[] = []
  const add = (field: keyof Environment, why: string) => problems.push({ field, message: `${field} ${why}` })

  const weakness = isProduction && JWT_SECRET !== undefined ? weaknessOf(JWT_SECRET) : null
  if (weakness !== null) add('JWT_SECRET', weakness)
  for (const { field, why } of foreignProblems(given, isLoopback)) add(field, why)
  if (DATABASE_URL !== undefined && !hasProtocol(DATABASE_URL, ['postgres:', 'postgresql:']))
    add('DATABASE_URL', 'must look like postgres://user:password@host:5432/database')
  if (REDIS_URL !== undefined && !hasProtocol(REDIS_URL, ['redis:', 'rediss:']))
    add('REDIS_URL', 'must look like redis://host:6379')
  // Redis is there for several servers, and SQLite for one.
  if (REDIS_URL !== undefined && DATABASE_URL === undefined)
    add('REDIS_URL', 'needs DATABASE_URL: several servers cannot share an SQLite file')
  if (REDIS_URL !== undefined && JWT_SECRET === undefined)
    add('REDIS_URL', 'needs JWT_SECRET, the same on every server: a token of one must be good for all')
  if (METRICS_TOKEN !== undefined && !/^\S{16,}$/.test(METRICS_TOKEN))
    add('METRICS_TOKEN', 'must have at least 16 characters, and no spaces')
  if (isProduction && DEMO === '1') add('DEMO', 'must not be 1 in production')
  if (TIME_ZONE !== undefined && !isTimeZone(TIME_ZONE))
    add('TIME_ZONE', 'must be an IANA name, such as Africa/Lagos')
  if (!isProxies(TRUST_PROXY))
    add(
      'TRUST_PROXY',
      'must be addresses or networks like 10.0.0.0/8, separated by commas, or a number of proxies',
    )
  const named = listOf(CORS_ALLOWED_ORIGINS)
  if (named.includes('*'))
    add('CORS_ALLOWED_ORIGINS', 'must name each origin: with * any page could act for whoever is signed in')
  else if (!named.every(isOrigin))
    add('CORS_ALLOWED_ORIGINS', 'must be origins like https://pms.example.org, separated by commas')
  return problems
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}

function proxies(text: string): TrustedProxies {
  return /^\d{1,2}$/.test(text) ? Number(text) : listOf(text)
}

function isProxies(text: string): boolean {
  try {
    createProxies(proxies(text))
    return true
  } catch {
    return false
  }
}

function hasProtocol(text: string, protocols: readonly string[]): boolean {
  return protocols.includes(URL.parse(text)?.protocol ?? '')
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.origin === text
}

/** Whether a server on this address can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function systemTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
