/** What a client says on the socket: bare text, a verb and what it is about after a colon. */

export type Command =
  | { verb: 'ping' }
  | { verb: 'mark_read' | 'mark_unread' | 'delete'; id: string }
  | { verb: 'mark_all_read'; throughSeq: number | null }
  | { verb: 'sync'; since: number }
  | { verb: 'auth'; token: string }

/** What was wrong with a text that is no command; `code` and `message` of the `error` that answers it. */
export interface CommandProblem {
  code: 'unknown_command' | 'bad_argument'
  message: string
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const NUMBER = /^\d{1,15}$/

/** Reads a command. Surrounding white space is forgiven (wscat and shells add it); nothing else is. */
export function parseCommand(text: string): Command | CommandProblem {
  const trimmed = text.trim()
  const colon = trimmed.indexOf(':')
  const verb = colon === -1 ? trimmed : trimmed.slice(0, colon)
  const argument = colon === -1 ? undefined : trimmed.slice(colon + 1)

  switch (verb) {
    case 'ping':
      return argument === undefined ? { verb } : problem('ping takes no argument')
    case 'mark_read':
    case 'mark_unread':
    case 'delete':
      if (argument === undefined || !UUID.test(argument))
        return problem(`${verb} takes the id of a notification: ${verb}:<uuid>`)
      return { verb, id: argument.toLowerCase() }
    case 'mark_all_read':
      if (argument === undefined) return { verb, throughSeq: null }
      if (!NUMBER.test(argument))
        return problem('mark_all_read takes the seq to read up to: mark_all_read:<seq>')
      return { verb, throughSeq: Number(argument) }
    case 'sync':
      if (argument === undefined || !NUMBER.test(argument))
        return problem('sync takes the version you have: sync:<version>')
      return { verb, since: Number(argument) }
    case 'auth':
      if (!argument) return problem('auth takes a fresh access token: auth:<jwt>')
      return { verb, token: argument }
    default:
      return {
        code: 'unknown_command',
        message:
          'Known commands: ping, mark_read:<id>, mark_unread:<id>, mark_all_read[:<seq>], delete:<id>, sync:<version>, auth:<jwt>',
      }
  }
}

/** The text of a command, as `parseCommand` reads it. */
export function formatCommand(command: Command): string {
  switch (command.verb) {
    case 'ping':
      return 'ping'
    case 'mark_read':
    case 'mark_unread':
    case 'delete':
      return `${command.verb}:${command.id}`
    case 'mark_all_read':
      return command.throughSeq === null ? 'mark_all_read' : `mark_all_read:${command.throughSeq}`
    case 'sync':
      return `sync:${command.since}`
    case 'auth':
      return `auth:${command.token}`
  }
}

function problem(message: string): CommandProblem {
  return { code: 'bad_argument', message }
}
