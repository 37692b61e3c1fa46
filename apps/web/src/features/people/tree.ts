/** The organisation as the lines of a tree: units, and the people in them. Pure. */
import type { Unit, UserEntry } from '@pms/contract'

export interface Branch {
  id: string
  parentId: string | null
  depth: number
  /** How many lines are right below, whether they are shown or not. */
  children: number
  /** Where it stands among its neighbours, from 1, and how many they are. */
  place: number
  of: number
  /** A unit, with how many people belong to it and to all below it; or a person. */
  what: { unit: Unit; everybody: number } | { person: UserEntry }
}

/**
 * The organisation as lines: units, under each the people who belong to it, heads first, then the units below.
 * @param closed ids of lines whose insides are not shown
 */
export function chartLines(
  units: readonly Unit[],
  people: readonly UserEntry[],
  closed: ReadonlySet<string>,
): Branch[] {
  const unitsBelow = Map.groupBy(units, unit => unit.parent_id)
  const peopleIn = Map.groupBy(people, person => person.unit?.id ?? null)
  const countIn = (id: string): number =>
    (unitsBelow.get(id) ?? []).reduce((sum, unit) => sum + countIn(unit.id), peopleIn.get(id)?.length ?? 0)
  const lines: Branch[] = []
  const walk = (parentId: string | null, depth: number) => {
    const inside = headsFirst(peopleIn.get(parentId) ?? [])
    const below = unitsBelow.get(parentId) ?? []
    // Who belongs to no unit comes last, after all that is in order.
    const units = below.map(unit => ({ unit, everybody: countIn(unit.id) }))
    const persons = inside.map(person => ({ person }))
    const here: Branch['what'][] = parentId === null ? [...units, ...persons] : [...persons, ...units]
    for (const [index, what] of here.entries()) {
      const id = 'unit' in what ? what.unit.id : what.person.id
      const children =
        'unit' in what ? (unitsBelow.get(id)?.length ?? 0) + (peopleIn.get(id)?.length ?? 0) : 0
      lines.push({ id, parentId, depth, children, place: index + 1, of: here.length, what })
      if (children > 0 && !closed.has(id)) walk(id, depth + 1)
    }
  }
  walk(null, 0)
  return lines
}

/** Those whom others of the unit report to come first, then by name. */
function headsFirst(people: readonly UserEntry[]): UserEntry[] {
  const reports = new Map<string, number>()
  for (const { supervisor } of people)
    if (supervisor) reports.set(supervisor.id, (reports.get(supervisor.id) ?? 0) + 1)
  return people.toSorted(
    (a, b) => (reports.get(b.id) ?? 0) - (reports.get(a.id) ?? 0) || (a.name < b.name ? -1 : 1),
  )
}
