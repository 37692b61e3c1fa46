/** Whom limits take an address for. */
import { isIPv6 } from 'node:net'

/**
 * Who has one address of version 6 has as many as they like, and takes another one for each try: what is given to a
 * household or a machine as a whole is counted as one.
 * @param address undefined: they have hung up already, whatever the types of the framework promise
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return ''
  const [plain = ''] = address.split('%', 1)
  if (!isIPv6(plain)) return address
  const [, old] = /^::ffff:([\d.]+)$/i.exec(plain) ?? []
  if (old !== undefined) return old
  const [head = '', tail] = plain.split('::')
  const first = groupsOf(head)
  const last = groupsOf(tail ?? '')
  const between = Array(Math.max(0, 8 - first.length - last.length)).fill('0')
  return `${[...first, ...between, ...last].slice(0, 4).join(':')}::/64`
}

/** Written in one way: `0db8` and `DB8` are the same. A part that is an IPv4 address stands for two. */
function groupsOf(text: string): string[] {
  if (text === '') return []
  return text
    .split(':')
    .flatMap(group => (group.includes('.') ? ['v4', 'v4'] : [Number.parseInt(group, 16).toString(16)]))
}
