/** What the settings call types of notifications and places where somebody is signed in. Pure: data in, words out. */
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

export type Labels = readonly { value: string; label: string }[]

/** "Goal approved"; "Payslip ready" of `payslip_ready`, which only another system knows. */
export function labelOf(type: string, labels: Labels): string {
  const known = labels.find(({ value }) => value === type)?.label
  if (known) return known
  const words = type.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The first letter small, for use inside a sentence; names of one letter or in capitals stay. */
export const inSentence = (words: string) =>
  /^[A-Z](?:[a-z’']| )/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bCriOS\/|\bChromium\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

export interface Device {
  name: string
  kind: 'phone' | 'computer' | 'program'
}

/** "Chrome on Windows"; what is no browser goes by what it says of itself. */
export function deviceOf(userAgent: string | null): Device {
  if (!userAgent) return { name: 'Unknown device', kind: 'program' }
  const find = (known: readonly [RegExp, string][]) => known.find(([sign]) => sign.test(userAgent))?.[1]
  const browser = find(BROWSERS)
  const system = find(SYSTEMS)
  if (!browser) return { name: userAgent.split(/[/\s]/)[0] || userAgent, kind: 'program' }
  const isPhone = system === 'iPhone' || (system === 'Android' && /\bMobile\b/.test(userAgent))
  return { name: system ? `${browser} on ${system}` : browser, kind: isPhone ? 'phone' : 'computer' }
}
