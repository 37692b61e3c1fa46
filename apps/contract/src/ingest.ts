/** Notifications that other systems of the organisation raise, and the types they register for them. */
import { Priority, Timestamp } from '@pms/protocol'
import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf, Page, PersonRef, paging } from './common.ts'

export const MAX_RECIPIENTS = 1_000

/** A field of the data of a registered type: a part of JSON Schema that can be checked quickly, whoever wrote it. */
export const DataField = Type.Object({
  type: OneOf(['string', 'integer', 'number', 'boolean']),
  description: Type.Optional(Type.String({ maxLength: 200 })),
  enum: Type.Optional(
    Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 50, uniqueItems: true }),
  ),
  format: Type.Optional(OneOf(['uuid', 'date', 'date-time'])),
  minLength: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
  maxLength: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
  minimum: Type.Optional(Type.Number()),
  maximum: Type.Optional(Type.Number()),
})
export type DataField = Static<typeof DataField>

const FIELD_NAME = '^[a-z][a-z0-9_]{0,39}$'

export const DataSchema = Type.Object({
  type: OneOf(['object']),
  // Of a map by pattern whatever has another name is dropped in silence; here it is refused.
  properties: Type.Record(Type.String(), DataField, {
    maxProperties: 20,
    propertyNames: { type: 'string', pattern: FIELD_NAME },
  }),
  required: Type.Optional(
    Type.Array(Type.String({ pattern: FIELD_NAME }), { maxItems: 20, uniqueItems: true }),
  ),
})
export type DataSchema = Static<typeof DataSchema>

const template = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '\\S',
    description: '{name} stands for a required field of the data',
  })

const words = {
  priority: Priority,
  title: template(150),
  message: template(1_000),
  action_url: Type.Optional(
    Nullable(
      Type.String({
        maxLength: 300,
        description: 'Path on this site; {name} stands for a required field of the data',
      }),
    ),
  ),
  data_schema: DataSchema,
}

export const TypeName = Type.String({
  pattern: '^[a-z][a-z0-9]*(_[a-z0-9]+)*$',
  maxLength: 60,
  description: 'Name of the type, such as payslip_ready',
})

/** `POST /api/notification-types` */
export const CreateTypeBody = Type.Object({ type: TypeName, ...words })
export type CreateTypeBody = Static<typeof CreateTypeBody>

/** `PUT /api/notification-types/{type}`: holds for what is raised from then on. */
export const ReplaceTypeBody = Type.Object(words)
export type ReplaceTypeBody = Static<typeof ReplaceTypeBody>

/** A type that another system registered. */
export const NotificationType = Type.Object({
  ...words,
  type: TypeName,
  action_url: Nullable(Type.String()),
  created_by: PersonRef,
  created_at: Timestamp,
  updated_at: Timestamp,
  allowed_actions: Type.Array(OneOf(['replace'])),
})
export type NotificationType = Static<typeof NotificationType>

/** `GET /api/notification-types` */
export const TypeQuery = Type.Object({
  ...paging(20),
})
export type TypeQuery = Static<typeof TypeQuery>

export const TypePage = Page(NotificationType)
export type TypePage = Static<typeof TypePage>

/** Somebody of the organisation: exactly one of the two. */
export const Recipient = Type.Object({
  user_id: Type.Optional(Id),
  email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
})
export type Recipient = Static<typeof Recipient>

/** `POST /api/notifications`, by an API key. */
export const RaiseBody = Type.Object({
  type: Type.String({ maxLength: 60, description: 'A registered type' }),
  to: Type.Array(Recipient, {
    minItems: 1,
    maxItems: MAX_RECIPIENTS,
    description: 'A single one may stand without its list',
  }),
  data: Type.Record(Type.String({ maxLength: 40 }), Type.Unknown(), {
    default: {},
    description: 'Fits the schema of the type',
  }),
  action_url: Type.Optional(
    Nullable(
      Type.String({ maxLength: 500, description: 'Path on this site, in place of the one of the type' }),
    ),
  ),
})
export type RaiseBody = Static<typeof RaiseBody>

const RaiseOutcome = OneOf(['created', 'unknown', 'not_active'])

/** Who has it now, and who has not. */
export const RaiseResult = Type.Object({
  type: Type.String(),
  created: Type.Integer({ description: 'How many people it went to; nobody gets it twice' }),
  results: Type.Array(
    Type.Object({
      recipient: Recipient,
      outcome: RaiseOutcome,
    }),
    { description: 'One for each recipient, in the order of the call' },
  ),
})
export type RaiseResult = Static<typeof RaiseResult>
