/**
 * Every code that a refusal can have: its status, when it is said, and how it may read. Refusals take their codes from
 * here, and the description of the API is made from it; the sentences of a refusal itself stand in errors.ts.
 */

interface CodeFacts {
  status: number
  /** When it is said, for whoever writes a client. */
  when: string
  /** A `detail` as it may read. */
  says: string
}

export const PROBLEM_CODES = {
  bad_request: {
    status: 400,
    when: 'The request is not well formed: its address, or how long its body says it is.',
    says: 'The address is not a valid URL',
  },
  not_signed_in: { status: 401, when: 'No token came with the call.', says: 'Sign in first' },
  invalid_token: {
    status: 401,
    when: 'The token or the key opens nothing, or is of another kind than this call takes.',
    says: 'The token is not valid',
  },
  token_expired: {
    status: 401,
    when: 'The token or the key was good and has expired.',
    says: 'The token has expired',
  },
  session_ended: {
    status: 401,
    when: 'The session of the token has ended: signed out, or ended from elsewhere.',
    says: 'This session has ended. Sign in again.',
  },
  unknown_person: {
    status: 401,
    when: 'The token is that of another system which is believed here, and names nobody who has an account.',
    says: 'The person of this token has no account here',
  },
  invalid_credentials: {
    status: 401,
    when: 'The email or the password is wrong; which of them is not said.',
    says: 'The email or the password is wrong',
  },
  account_not_active: {
    status: 403,
    when: 'The account is suspended or archived.',
    says: 'This account is suspended. Ask your administrator.',
  },
  forbidden: {
    status: 403,
    when: 'The caller sees it, and is not allowed to do this.',
    says: 'You are not allowed to do this',
  },
  insufficient_scope: {
    status: 403,
    when: 'The API key is not good for this call.',
    says: 'This API key is not good for notifications.create',
  },
  csrf: {
    status: 403,
    when: 'The header `X-Requested-With: pms` is missing, by which a page shows that it is one of ours.',
    says: 'This call needs the header x-requested-with: pms',
  },
  origin_not_allowed: {
    status: 403,
    when: 'A page of another origin calls, which `CORS_ALLOWED_ORIGINS` does not name.',
    says: 'Pages of this origin may not do this',
  },
  not_found: {
    status: 404,
    when: 'It is not there, or not the caller’s to see: the two look the same.',
    says: 'There is no such page',
  },
  method_not_allowed: {
    status: 405,
    when: 'The address takes other methods: `Allow` names them.',
    says: 'Only GET, POST can be used here',
  },
  request_timeout: {
    status: 408,
    when: 'The request did not arrive in time.',
    says: 'The request did not arrive in time',
  },
  wrong_state: {
    status: 409,
    when: 'It is not in a state in which this can be done, or was edited since it was read. `current_status` says where it is.',
    says: 'Jane Smith approved this on 23 November 2026',
  },
  edited_elsewhere: {
    status: 409,
    when: 'It was saved somewhere else since the `revision` that was sent. Read it again.',
    says: 'This was saved somewhere else since you read it. Read it again before you go on',
  },
  quarter_frozen: {
    status: 409,
    when: 'The quarter of the goal is frozen: it is neither edited nor moved on until that is lifted.',
    says: 'Q4 2026 was frozen by Hana Reed on 20 November 2026',
  },
  idempotency_mismatch: {
    status: 409,
    when: 'The `Idempotency-Key` was used before, with another body.',
    says: 'This Idempotency-Key was used for a call with another body',
  },
  email_taken: {
    status: 409,
    when: 'Somebody has this email address already.',
    says: 'There is a user with the email john.doe@pms.test already',
  },
  type_taken: {
    status: 409,
    when: 'There is a notification type of this name already.',
    says: 'There is a type payslip_ready already',
  },
  overlap: {
    status: 409,
    when: 'Somebody stands in on some of these days already.',
    says: 'Somebody stands in for John Doe from 1 to 5 December 2026 already',
  },
  not_empty: {
    status: 409,
    when: 'People or units belong to it: only what is empty is deleted.',
    says: 'Two people belong to Sales: only what is empty is deleted',
  },
  open_work: {
    status: 409,
    when: 'The person has open work, and `handover_to` does not say who takes it over.',
    says: 'John Doe has open work (3 goals): say in handover_to who takes it over',
  },
  last_super_admin: {
    status: 409,
    when: 'It would leave the installation without an active super admin.',
    says: 'This is the last super admin who is active',
  },
  too_many_unclaimed: {
    status: 409,
    when: 'The caller has uploaded many files that belong to nothing yet.',
    says: 'You have uploaded 50 files that belong to nothing yet. Use or delete some first',
  },
  too_large: { status: 413, when: 'The body or the file is too large.', says: 'The body is too large' },
  unsupported_media_type: {
    status: 415,
    when: 'The content type of the body, or the kind of the file, is not taken here.',
    says: 'The body must be JSON, with the content type application/json',
  },
  invalid_json: { status: 422, when: 'The body is not valid JSON.', says: 'The body is not valid JSON' },
  invalid_input: {
    status: 422,
    when: 'A parameter or a field of the body is wrong; `errors` names each, and why.',
    says: 'limit must be at most 100',
  },
  invalid_link: {
    status: 422,
    when: 'The link was used, is too old, or never was one.',
    says: 'This link is not good any more. Ask for a new one.',
  },
  wrong_content: {
    status: 422,
    when: 'What the file holds is something else than its name says.',
    says: 'file is called report.pdf, and what it holds is something else',
  },
  assignee_not_active: {
    status: 422,
    when: 'The person is suspended, on leave or gone.',
    says: 'John Doe is not active and could not answer',
  },
  supervisor_loop: {
    status: 422,
    when: 'Somebody would stand above themselves.',
    says: 'Nobody is their own supervisor',
  },
  no_approver: {
    status: 422,
    when: 'There is nobody who could decide about it.',
    says: 'There is nobody who could decide about this',
  },
  nobody_in_audience: {
    status: 422,
    when: 'There is nobody in the audience.',
    says: 'There is nobody in this audience',
  },
  headers_too_large: {
    status: 431,
    when: 'The headers are too large.',
    says: 'The headers of the request are too large',
  },
  too_many_requests: {
    status: 429,
    when: 'Too many calls. `Retry-After` says in how many seconds to come back.',
    says: 'Too many requests. Try again in 2 s.',
  },
  internal_error: {
    status: 500,
    when: 'A fault of the server, which it has logged.',
    says: 'Something went wrong here. It has been logged.',
  },
  unavailable: {
    status: 503,
    when: 'The server is too busy, or its database is away. Nothing was done: try again after `Retry-After`.',
    says: 'The server is busy. Try again in a moment.',
  },
  keys_unavailable: {
    status: 503,
    when: 'The token is that of another system, whose keys cannot be fetched now.',
    says: 'The keys that prove this token cannot be fetched. Try again in a moment.',
  },
  outcome_unknown: {
    status: 503,
    when: 'The connection to the database broke during the commit: it was done or not. Look, then try again.',
    says: 'The connection to the database broke just then. This may have happened or not: look before you try again.',
  },
} as const satisfies Record<string, CodeFacts>

export type ProblemCode = keyof typeof PROBLEM_CODES
