/** John, who reports to Jane; both new, so that a test knows all that is in their inboxes. */
import type { Person, Rest, TestServer } from '../../apps/server/src/testing/index.ts'

export interface Pair {
  john: Person & { rest: Rest }
  jane: Person & { rest: Rest }
}

export async function addPair({ addPerson, as }: TestServer): Promise<Pair> {
  const email = () => `${crypto.randomUUID()}@example.test`
  const jane = await addPerson('Jane Smith', { email: email() })
  const john = await addPerson('John Doe', { email: email(), supervisor: jane })
  return { john: { ...john, rest: await as(john) }, jane: { ...jane, rest: await as(jane) } }
}

/** The guide's ten fields of a notification, in order of the alphabet. */
export const TEN_FIELDS = [
  'action_url',
  'created_at',
  'data',
  'id',
  'is_read',
  'message',
  'priority',
  'title',
  'triggered_by_name',
  'type',
]

export const ISO_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
