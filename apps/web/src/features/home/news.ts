/** Which announcements are news to whoever looks, and in which order. Pure: data in, data out. */
import type { Announcement } from '@pms/contract'

const DAY = 24 * 60 * 60_000
/** For so long one that asks for nothing is news. */
const NEWS = 14 * DAY

type Told = Pick<Announcement, 'allowed_actions' | 'published_at' | 'created_at'>

/** Whoever wrote it, or came after it, sees it too and is not asked. */
export const asks = ({ allowed_actions }: Told) => allowed_actions.includes('acknowledge')

/** First what asks to be acknowledged, however old; then what was published lately, as it came. */
export const newsOf = <T extends Told>(announcements: readonly T[], now: number): T[] =>
  announcements
    .filter(one => asks(one) || now - Date.parse(one.published_at ?? one.created_at) < NEWS)
    .toSorted((a, b) => Number(asks(b)) - Number(asks(a)))
