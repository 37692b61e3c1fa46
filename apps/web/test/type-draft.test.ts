import type { NotificationType } from '@pms/contract'
import { describe, expect, it } from 'vitest'
import {
  allFields,
  bodyOf,
  draftOf,
  emptyType,
  KINDS,
  kindOf,
  problemsOf,
} from '../src/features/keys/type-draft.ts'

const payslip = {
  ...emptyType,
  type: ' payslip_ready ',
  title: 'Payslip of {month}',
  message: '{month}: {amount} are on their way.',
}

const registered = {
  type: 'seat_free',
  priority: 'high',
  title: 'A seat is free',
  message: 'In {course}.',
  action_url: null,
  data_schema: {
    type: 'object',
    properties: {
      course: { type: 'string', maxLength: 80 },
      seats: { type: 'integer' },
      room: { type: 'string' },
    },
    required: ['course', 'room'],
  },
} as unknown as NotificationType

describe('a type of notification', () => {
  it('has the fields that its texts name, each once and all required', () => {
    expect(bodyOf(payslip)).toMatchObject({
      type: 'payslip_ready',
      action_url: null,
      data_schema: {
        properties: { month: { type: 'string' }, amount: { type: 'string' } },
        required: ['month', 'amount'],
      },
    })
  })

  it('keeps what it had of fields that the form does not show, when its words change', () => {
    const { data_schema } = registered
    expect(bodyOf(draftOf(registered)).data_schema).toEqual(data_schema)
    const more = bodyOf({ ...draftOf(registered), message: 'In {course}, {seats} of them.' }).data_schema
    expect(more.properties).toEqual(data_schema.properties)
    expect(more.required).toEqual(['course', 'seats', 'room'])
    expect(allFields(draftOf(registered)).filter(({ inTexts }) => !inTexts)).toHaveLength(2)
  })

  it('knows the kinds of fields again', () => {
    for (const [kind, { field }] of Object.entries(KINDS)) expect(kindOf(field)).toBe(kind)
  })

  it('says what the server would refuse', () => {
    expect(problemsOf(payslip)).toEqual({})
    expect(Object.keys(problemsOf(emptyType))).toEqual(['type', 'title', 'message'])
    expect(problemsOf({ ...payslip, type: 'Payslip Ready' })).toHaveProperty('type')
    expect(problemsOf({ ...payslip, message: 'For {Month}.' })).toHaveProperty('message')
    expect(problemsOf({ ...payslip, title: 'A } brace' })).toHaveProperty('title')
    expect(problemsOf({ ...payslip, action_url: '//elsewhere.test' })).toHaveProperty('action_url')
    expect(problemsOf({ ...payslip, action_url: '/payslips/{id}' })).toEqual({})
    expect(problemsOf({ ...payslip, message: `{${'a'.repeat(41)}}` })).toHaveProperty('message')
  })
})
