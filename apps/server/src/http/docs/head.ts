/** What stands at the head of the description: what the API is, how to get in, and what its parts are. */
import { ACCESS_COOKIE, REFRESH_COOKIE } from '../../auth/cookies.ts'

const DESCRIPTION = `The performance-management system over HTTP: goals, initiatives, reviews, and the inbox of notifications
that goes with them. What happens live is told by [the socket](/api/docs/socket).

- JSON in UTF-8, names in snake_case, times in ISO 8601 and UTC, ending in \`Z\`. Days without a time are
  \`2027-03-31\`, in the time zone of the organisation.
- Fields that an answer may gain later are to be passed over. Fields of a body that are not named here are dropped.
- Things list \`allowed_actions\`: what this caller can do with them now.
- Lists take \`skip\` and \`limit\` and answer \`items\`, \`total\` and \`next_cursor\`.
- What is refused is answered with problem details (RFC 9457); \`code\` is for programs and stays as it is.
- Calls that create something take an \`Idempotency-Key\`: sent again under it, they are not done again.`

export const INFO = {
  title: 'PMS',
  version: '1',
  description: DESCRIPTION,
  license: { name: 'MIT', identifier: 'MIT' },
}

export const SERVERS = [{ url: '/', description: 'The server that this description came from' }]

export const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The `access_token` that `POST /api/auth/login` answers, good for an hour.',
  },
  access_cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: ACCESS_COOKIE,
    description: 'The same token, as signing in sets it in a browser. It reads and never changes anything.',
  },
  refresh_cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: REFRESH_COOKIE,
    description:
      'Set by signing in, and exchanged for a new one by `POST /api/auth/refresh`. No script sees it.',
  },
  api_key: {
    type: 'http',
    scheme: 'bearer',
    description: 'The key of another system, made at `/api/api-keys`.',
  },
} as const

export const TAGS = [
  { name: 'auth', description: 'Signing in, staying signed in, signing out' },
  { name: 'notifications', description: 'The inbox of whoever asks' },
  { name: 'preferences', description: 'What people want to hear of, and how' },
  { name: 'approvals', description: 'All that awaits somebody, of every kind, in one list' },
  { name: 'goals', description: 'What people, units and the organisation set out to reach' },
  { name: 'initiatives', description: 'Pieces of work with a day on which they are due' },
  { name: 'attachments', description: 'Files that belong to something' },
  { name: 'reviews', description: 'Rounds in which people are reviewed' },
  { name: 'announcements', description: 'What everybody, a part of the organisation or a role should know' },
  { name: 'people', description: 'Accounts, units, and who stands in for whom' },
  { name: 'other systems', description: 'Notifications that other systems raise' },
  { name: 'API keys', description: 'Keys by which other systems call' },
  { name: 'audit', description: 'Who did what' },
  { name: 'installation', description: 'This installation, and how it is' },
]

/** Headers of answers. */
export const HEADERS = {
  RateLimit: {
    description: 'How many calls are left, and in how many seconds there are more: `"rest";r=49;t=1`',
    schema: { type: 'string' },
  },
  'RateLimit-Policy': {
    description: 'How many calls there may be in how many seconds: `"rest";q=50;w=1`',
    schema: { type: 'string' },
  },
  'Retry-After': { description: 'In how many seconds to try again', schema: { type: 'integer', minimum: 1 } },
  'WWW-Authenticate': {
    description: 'How to get in: `Bearer`, with `error="invalid_token"` where a token was sent',
    schema: { type: 'string' },
  },
  'Idempotency-Replayed': {
    description: '`true` where the call was done before under this key: the answer is that of then',
    schema: { type: 'string', enum: ['true'] },
  },
  'Set-Cookie': {
    description: 'The cookies of a browser that signed in, or their end',
    schema: { type: 'string' },
  },
  'Content-Disposition': {
    description: 'That it is to be saved, and under which name',
    schema: { type: 'string' },
  },
}
