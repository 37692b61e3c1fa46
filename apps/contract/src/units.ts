/** The units of the organisation, in four levels. */
import Type, { type Static } from 'typebox'
import { Id, Nullable, OneOf, Page, Words } from './common.ts'

/** From the whole organisation down: each belongs to one of the level before. */
export const UNIT_KINDS = ['global', 'directorate', 'department', 'unit'] as const
export const UnitKind = OneOf(UNIT_KINDS)
export type UnitKind = (typeof UNIT_KINDS)[number]

export const UNIT_ACTIONS = ['edit', 'delete'] as const
export const UnitAction = OneOf(UNIT_ACTIONS)
export type UnitAction = (typeof UNIT_ACTIONS)[number]

export const Unit = Type.Object({
  id: Id,
  name: Type.String(),
  kind: UnitKind,
  parent_id: Nullable(Id),
  people: Type.Integer({ description: 'Who belong to it, without those who left' }),
  allowed_actions: Type.Array(UnitAction),
})
export type Unit = Static<typeof Unit>

/** `GET /api/units`: by name; all of them, if no limit is set. */
export const UnitPage = Page(Unit)
export type UnitPage = Static<typeof UnitPage>

const Name = Words(100)

/** `POST /api/units` */
export const CreateUnitBody = Type.Object({
  name: Name,
  kind: UnitKind,
  parent_id: Type.Optional(Nullable(Id)),
})
export type CreateUnitBody = Static<typeof CreateUnitBody>

/** `PATCH /api/units/{id}`: what is left out stays as it is. */
export const EditUnitBody = Type.Partial(Type.Object({ name: Name, parent_id: Id }), { minProperties: 1 })
export type EditUnitBody = Static<typeof EditUnitBody>
