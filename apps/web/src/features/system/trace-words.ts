/** What became of a notification, in words: one sentence for all of it, and its story moment by moment. */
import type { NotificationTrace, PersonReach, TracedConnection, TracedState } from '@pms/contract'
import { deviceOf } from '../../shared/devices.ts'
import { type Labels, labelOf } from '../../shared/notification-types.ts'
import type { Tone } from '../../ui/pill.tsx'
import { counted, listed } from '../../ui/words.ts'

export const STATES: Record<TracedState, { tone: Tone; label: string }> = {
  unread: { tone: 'awaiting', label: 'Unread' },
  read: { tone: 'done', label: 'Read' },
  settled: { tone: 'done', label: 'Settled' },
  deleted: { tone: 'neutral', label: 'Deleted' },
}

const MOMENT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** "23 Nov, 12:03:11" */
export const moment = (at: string) => MOMENT.format(Date.parse(at))

const SHUT_OUT = { suspended: 'suspended', archived: 'archived' } as const
const shutOut = (status: string) => (status in SHUT_OUT ? SHUT_OUT[status as keyof typeof SHUT_OUT] : null)

/** The whole of it, and what comes next where something does. */
export function verdictText(trace: NotificationTrace): { isWell: boolean; text: string } {
  const { verdict, recipient, connections, read, last_connected_at: last, known_since, deleted_at } = trace
  const { name } = recipient
  const handed = connections.filter(({ outcome }) => outcome === 'live' || outcome === 'replayed')
  const places = counted(handed.length, 'page')
  const status = shutOut(recipient.status)
  const until = deleted_at ? '' : ' It is in the inbox.'
  switch (verdict) {
    case 'sent':
      return { isWell: true, text: `Sent to ${places} of ${name}.` }
    case 'fetched':
      return { isWell: true, text: `It came to ${name} with the list, when they connected.` }
    case 'unanswered':
      return {
        isWell: read !== null,
        text: `Handed to ${places} of ${name}, of which nothing was heard since. A dead connection is given up after 35 seconds, and the next one brings it.`,
      }
    case 'waiting':
      return {
        isWell: false,
        text: `Not sent yet: ${name} is connected and does not have it. That is found out within 25 seconds.`,
      }
    case 'offline':
      if (status) return { isWell: false, text: `Not sent: the account of ${name} is ${status}.` }
      return {
        isWell: read !== null,
        text: last
          ? `Not sent: ${name} has not been connected since ${moment(last)}. They get it when they open the app.`
          : `Not sent: ${name} has not been connected since ${moment(known_since)} or longer. They get it when they open the app.`,
      }
    case 'unknown':
      return {
        isWell: read !== null,
        text: `Whether it was sent is not known: connections of that time were not kept, or their server ended without a word.${until}`,
      }
  }
}

/** Why a connection ended. */
export function endOf({ state, code }: Pick<TracedConnection, 'state' | 'code'>): string {
  if (state === 'lost') return 'its server ended without a word'
  const known: Record<number, string> = {
    1000: 'closed by the client',
    1001: 'the page was left',
    1005: 'closed by the client',
    1006: 'the connection broke',
    1009: 'it said too much at once',
    1011: 'the server failed',
    1012: 'the server was stopped',
    4401: 'the sign-in ended',
    4403: 'the account may not be here',
    4408: 'it gave no sign of life',
    4413: 'it did not read what it was sent',
    4429: 'it said too much',
  }
  return code === null ? 'nobody said why' : (known[code] ?? `code ${code}`)
}

/** A moment of the story. */
export interface Happening {
  id: string
  at: string
  tone: Tone
  what: string
  more: string | null
}

/** All that happened, in its order. */
export function storyOf(trace: NotificationTrace): Happening[] {
  const { actor, version, created_at, connections, read, settled, deleted_at } = trace
  const story: Happening[] = [
    {
      id: 'written',
      at: created_at,
      tone: 'active',
      what: actor ? `Written, because of ${actor.name}` : 'Written',
      more: `Change ${version} of the inbox. It is published as soon as it is written.`,
    },
    ...connections.map(toHappening),
  ]
  if (settled)
    story.push({
      id: 'settled',
      at: settled.at,
      tone: 'done',
      what: settled.by_name ? `Settled by ${settled.by_name}` : 'Settled',
      more: 'What it asked for has been decided.',
    })
  if (read)
    story.push({
      id: 'read',
      at: read.at,
      tone: 'done',
      what: { itself: 'Read', all: 'Read with all others', decision: 'Read by the decision' }[read.way],
      more: null,
    })
  if (deleted_at)
    story.push({
      id: 'deleted',
      at: deleted_at,
      tone: 'neutral',
      what: 'Left the inbox',
      more: 'Deleted by its reader, or cleaned up because it was old.',
    })
  return story.toSorted((a, b) => a.at.localeCompare(b.at))
}

function toHappening(connection: TracedConnection): Happening {
  const { id, server, outcome, handed_at, opened_at, closed_at, heard_at, answered, state } = connection
  const device = deviceOf(connection.device).name
  const open =
    state === 'open'
      ? `open since ${moment(opened_at)}`
      : `from ${moment(opened_at)}${closed_at ? ` to ${moment(closed_at)}` : ''}, ${endOf(connection)}`
  const heard =
    outcome === 'live' || outcome === 'replayed'
      ? answered
        ? ` Last heard of at ${moment(heard_at)}.`
        : ' Nothing was heard of it since.'
      : ''
  const more = `${id} at ${server}, ${open}.${heard}`
  const told = {
    live: { tone: 'done', what: `Sent to ${device}`, at: handed_at },
    replayed: { tone: 'done', what: `Sent to ${device}, when it came back`, at: handed_at },
    fetched: { tone: 'done', what: `${device} fetched it with the list`, at: handed_at },
    missed: { tone: 'returned', what: `${device} ended without it`, at: closed_at },
    not_yet: { tone: 'awaiting', what: `${device} is connected and does not have it yet`, at: heard_at },
    unknown: { tone: 'neutral', what: `Whether ${device} got it is not known`, at: heard_at },
  } as const
  const { tone, what, at } = told[outcome]
  const isSilent = (outcome === 'live' || outcome === 'replayed') && !answered
  return { id, at: at ?? opened_at, tone: isSilent ? 'awaiting' : tone, what, more }
}

/** Whether news reaches a person, and what they do not want: a sentence each. */
export function reachText(reach: PersonReach, labels: Labels): string[] {
  const { name, status, connections, last_connected_at: last, known_since, unwanted_types, muted } = reach
  const sentences: string[] = []
  if (connections > 0) sentences.push(`${name} is connected with ${counted(connections, 'page')}.`)
  else if (last) sentences.push(`${name} has not been connected since ${moment(last)}.`)
  else sentences.push(`${name} has not been connected since ${moment(known_since)} or longer.`)
  const away = shutOut(status)
  if (away) sentences.push(`The account is ${away}: nobody can sign in with it.`)
  if (unwanted_types.length > 0)
    sentences.push(
      `They turned off ${listed(unwanted_types.map(type => `“${labelOf(type, labels)}”`))}: of these nothing is written.`,
    )
  if (muted.length > 0)
    sentences.push(
      `They muted ${counted(muted.length, 'thing')}: of these only what asks for a decision is written.`,
    )
  return sentences
}
