/** What a page may know before anybody signs in. */
import Type, { type Static } from 'typebox'

/** `GET /api/info` */
export const AppInfo = Type.Object({
  time_zone: Type.String({ description: 'IANA name; a day without a time ends at midnight there' }),
  attachment_max_bytes: Type.Integer({ description: 'The largest file that can be uploaded' }),
  demo_accounts: Type.Array(
    Type.Object({ name: Type.String(), email: Type.String(), description: Type.String() }),
    { description: 'Empty unless this is a demo installation' },
  ),
  demo_password: Type.Optional(Type.String()),
})
export type AppInfo = Static<typeof AppInfo>
