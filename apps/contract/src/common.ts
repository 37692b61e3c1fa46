/** Pieces that several resources share. */
import Type, { type Static, type TSchema, type TSchemaOptions } from 'typebox'

export const Id = Type.String({ format: 'uuid' })

/** A day without a time, `2027-03-31`; as a deadline it means the end of that day in the organisation's time zone. */
export const DateOnly = Type.String({ format: 'date' })

export const Nullable = <S extends TSchema>(schema: S, options: TSchemaOptions = {}) =>
  Type.Union([schema, Type.Null()], options)

/** A member of a closed list of words. */
export const OneOf = <const T extends readonly string[]>(words: T, options: object = {}) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...words], ...options }))

/** Something to be seen: not only spaces, and not only signs that show nothing. */
const VISIBLE = '[^\\s\\u200B-\\u200F\\u2060\\uFEFF]'

/** Text that somebody must write. */
export const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: VISIBLE })

/** The answer of every list but the guide's: newest first. */
export const Page = <S extends TSchema>(item: S) =>
  Type.Object({
    items: Type.Array(item),
    total: Type.Integer({ description: 'How many there are in all' }),
    next_cursor: Nullable(Type.String(), {
      description: 'To be sent as `skip` for the next page; null on the last, and where `skip` ends',
    }),
  })

/** To leave out costs as much as to answer: whoever wants what lies further back narrows the list. */
export const MAX_SKIP = 10_000

const Skip = Type.Integer({
  minimum: 0,
  maximum: MAX_SKIP,
  default: 0,
  description: 'How many of the first to leave out',
})

/** Which part of a list is wanted. */
export const paging = (usual: number) => ({
  skip: Skip,
  limit: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: usual,
    description: 'How many to answer at most',
  }),
})

/** Which part of a list is wanted that is short enough to be asked for as a whole. */
export const ShortListQuery = Type.Object({
  skip: Skip,
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100, description: 'How many to answer at most; all, if left out' }),
  ),
})
export type ShortListQuery = Static<typeof ShortListQuery>

/** A person as shown beside something of theirs. */
export const PersonRef = Type.Object({ id: Id, name: Type.String() }, { description: 'A person' })
export type PersonRef = Static<typeof PersonRef>
