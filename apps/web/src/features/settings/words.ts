/** How the settings put types of notifications in order and into sentences. Pure: data in, words out. */
import type { NotificationPreference } from '@pms/contract'

/** In the order in which they are shown; the last takes what fits nowhere else. */
const GROUPS = [
  { name: 'Goals', prefix: 'goal_' },
  { name: 'Initiatives', prefix: 'initiative_' },
  { name: 'Reviews', prefix: 'review_' },
  { name: 'People', prefix: 'user_' },
  { name: 'Announcements', prefix: 'system_' },
] as const
const OTHERS = 'Other systems'

export interface Group {
  name: string
  types: NotificationPreference[]
}

/** Without those that have no types. */
export function groupsOf(types: readonly NotificationPreference[]): Group[] {
  const groups = Map.groupBy(types, ({ type, raised_by }): string =>
    raised_by === 'other_system'
      ? OTHERS
      : (GROUPS.find(({ prefix }) => type.startsWith(prefix))?.name ?? OTHERS),
  )
  const names: string[] = [...GROUPS.map(({ name }) => name), OTHERS]
  return names.flatMap(name => {
    const found = groups.get(name)
    return found ? [{ name, types: found }] : []
  })
}

/** The first letter small, for use inside a sentence; names of one letter or in capitals stay. */
export const inSentence = (words: string) =>
  /^[A-Z](?:[a-z’']| )/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words
