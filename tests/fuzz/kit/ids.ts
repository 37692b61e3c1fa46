/**
 * Ids of things that are there, picked out of earlier answers, so that calls are made about something. An id is of a
 * kind; which one its name and its place say.
 */
import type { Chance } from '../../faults/kit/random.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** So many of a kind are remembered. */
const ROOM = 40

/** What the names of fields say of whose id it is; the first that fits. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/question/, 'questions'],
  [/goal/, 'goals'],
  [/initiative/, 'initiatives'],
  [/extension/, 'extensions'],
  [/attachment|^files?$/, 'attachments'],
  [/cycle/, 'review-cycles'],
  [/review(?!er|ee)/, 'reviews'],
  [/announcement/, 'announcements'],
  [/notification/, 'notifications'],
  [/unit|^parent|children/, 'units'],
  [/session/, 'sessions'],
  [
    /user|person|people|supervis|delegate|actor|owner|assign|head|handover|reviewe|peer|member|_by$|_to$/,
    'users',
  ],
]

/** @param place the segment of the path after `/api/`, which says what `id` is where nothing else does */
export function kindOf(name: string, place: string): string {
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? place
}

export const placeOf = (path: string): string => path.split('/')[2] ?? ''

/** @param isReserved of ids that are not to be called about */
export function createIds(isReserved: (id: string) => boolean) {
  const pools = new Map<string, string[]>()
  const cursors: string[] = []

  function add(pool: string, id: string): void {
    if (isReserved(id)) return
    const known = pools.get(pool) ?? []
    if (known.includes(id)) return
    pools.set(pool, known)
    known.unshift(id)
    // Some old ones stay: what was made first is in states that take many steps.
    if (known.length > ROOM) known.splice(ROOM / 2, 1)
  }

  function learn(caller: string, place: string, answer: unknown): void {
    const found = (kind: string, id: string) => {
      add(kind, id)
      add(`${caller}/${kind}`, id)
    }

    function walk(value: unknown, kind: string): void {
      if (Array.isArray(value)) {
        for (const each of value) {
          if (typeof each === 'string' && UUID.test(each)) found(kind, each)
          else walk(each, kind)
        }
        return
      }
      if (typeof value !== 'object' || value === null) return
      const { type, id, allowed_actions } = value as Partial<Record<string, unknown>>
      const own = kind === 'object' && typeof type === 'string' ? kindOf(type, place) : kind
      if (Array.isArray(allowed_actions) && typeof id === 'string')
        for (const action of allowed_actions) add(`${caller}/${own}/${action}`, id)
      for (const [name, each] of Object.entries(value)) {
        if (name === 'next_cursor' && typeof each === 'string')
          cursors.splice(0, cursors.length > 9 ? 1 : 0, each)
        else if (typeof each !== 'string') walk(each, kindOf(name, name === 'object' ? name : kind))
        else if (UUID.test(each)) found(name === 'id' ? own : kindOf(name, kind), each)
      }
    }

    walk(answer, place)
  }

  return {
    /** Remembers what somebody's answer names, and what they may do with it. */
    learn,
    add,
    /** One of these pools, the first that holds any; the newest of it first. */
    get(turn: number, ...names: string[]): string {
      const known = names.map(name => pools.get(name)).find(pool => pool !== undefined)
      return known?.[turn % known.length] ?? NOTHING
    },
    /** One that is known, of whichever kind. */
    any(chance: Chance): string {
      const known = [...pools.values()]
      return known.length === 0 ? NOTHING : chance.pick(chance.pick(known))
    },
    cursor: (turn: number): string | undefined => cursors[turn % Math.max(cursors.length, 1)],
  }
}

/** The id of nothing and nobody. */
const NOTHING = '01a2068e-b7fc-72c7-afb3-e2809c5cc3e1'
