/** Names of people, shortened and coloured. */

interface Named {
  id: string
  name: string
}

/** "JD" of John Doe, "M" of Madonna. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = words[0]?.[0] ?? '?'
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toUpperCase()
}

/** A hue of the colour circle that a name always gets, in twelve steps so that two differ visibly or not at all. */
export function hueOf(name: string): number {
  let hash = 0
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return (hash % 12) * 30
}

export const firstName = (name: string) => name.trim().split(/\s+/)[0] ?? name

/** "you" where it is you, else the name. */
export const nameFor = (person: Named, meId: string) => (person.id === meId ? 'you' : person.name)

/** The same at the start of a sentence. */
export const NameFor = (person: Named, meId: string) => (person.id === meId ? 'You' : person.name)

/** "you", "Jane", "Jane or Mary", "Jane or 2 others": any one of them can act. */
export function oneOf(people: readonly Named[], meId: string): string {
  if (people.some(person => person.id === meId)) return 'you'
  const [first, second] = people.map(person => firstName(person.name))
  if (!first) return 'nobody'
  if (people.length === 2) return `${first} or ${second}`
  return people.length > 2 ? `${first} or ${people.length - 1} others` : first
}
