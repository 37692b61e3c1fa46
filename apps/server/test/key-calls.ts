/** What tests of other systems have in common: making a key, registering a type, calling by the key. */
import type { ApiKey, CreateTypeBody, NewApiKey } from '@pms/contract'
import { expect } from 'vitest'
import type { Person, Rest, TestServer } from '../src/testing/index.ts'
import { createRest } from '../src/testing/rest.ts'

export async function makeKey(admin: Rest, changes: object = {}): Promise<NewApiKey & { key: string }> {
  const { status, body } = await admin.post<NewApiKey>('/api/api-keys', {
    name: 'Payroll',
    scopes: ['notifications.create'],
    ...changes,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  const { key } = body
  if (key === null) throw new Error('A new key was not said')
  return { ...body, key }
}

/** Calls of the system that holds this key. */
export const asSystem = (server: TestServer, key: string): Rest => createRest(server.url, { token: key })

export const payslip: CreateTypeBody = {
  type: 'payslip_ready',
  priority: 'low',
  title: 'Payslip for {month}',
  message: 'Your payslip for {month} is ready: {amount} to be paid out.',
  action_url: '/payslips/{payslip_id}',
  data_schema: {
    type: 'object',
    properties: {
      payslip_id: { type: 'string', minLength: 1, maxLength: 40 },
      month: { type: 'string', maxLength: 30 },
      amount: { type: 'number', minimum: 0 },
      final: { type: 'boolean' },
    },
    required: ['payslip_id', 'month', 'amount'],
  },
}

export const march = { payslip_id: 'p-7', month: 'March', amount: 1200.5 }

export async function registerType(admin: Rest, body: object = payslip): Promise<void> {
  const answer = await admin.post('/api/notification-types', body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
}

export const raise = (system: Rest, to: Person | Person[], changes: object = {}, key?: string) =>
  system.post(
    '/api/notifications',
    { type: 'payslip_ready', to: [to].flat().map(({ id }) => ({ user_id: id })), data: march, ...changes },
    key === undefined ? {} : { headers: { 'idempotency-key': key } },
  )

export const withoutKey = ({ key: _, ...rest }: NewApiKey): ApiKey => rest
