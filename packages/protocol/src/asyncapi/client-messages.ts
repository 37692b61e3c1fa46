/** Each command in a sentence, as text: how it looks, an example, and what is heard. One that is missing is an error of types. */
import type { Command } from '../commands.ts'
import type { ServerMessage } from '../server-messages.ts'

interface CommandTexts {
  summary: string
  pattern: string
  examples: readonly [string, ...string[]]
  /** What answers it, if anything changed. */
  heard: readonly (ServerMessage['type'] | 'pong')[]
}

const UUID = '[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}'
const ID = '01a206bd-f2f2-7028-a271-0f1f7594b855'

export const CLIENT_MESSAGES: Readonly<Record<Command['verb'], CommandTexts>> = {
  ping: { summary: 'Is the server still there?', pattern: '^ping$', examples: ['ping'], heard: ['pong'] },
  mark_read: {
    summary: 'Marks one as read',
    pattern: `^mark_read:${UUID}$`,
    examples: [`mark_read:${ID}`],
    heard: ['marked_read', 'error'],
  },
  mark_unread: {
    summary: 'Marks one as unread',
    pattern: `^mark_unread:${UUID}$`,
    examples: [`mark_unread:${ID}`],
    heard: ['notification_updated', 'error'],
  },
  mark_all_read: {
    summary: 'Marks as read all up to a `seq`, or all there are',
    pattern: '^mark_all_read(:\\d{1,15})?$',
    examples: ['mark_all_read:95', 'mark_all_read'],
    heard: ['all_marked_read', 'error'],
  },
  delete: {
    summary: 'Deletes one',
    pattern: `^delete:${UUID}$`,
    examples: [`delete:${ID}`],
    heard: ['notification_deleted', 'error'],
  },
  sync: {
    summary: 'From now on the client syncs, and is sent what came after this version',
    pattern: '^sync:\\d{1,15}$',
    examples: ['sync:94'],
    heard: ['sync', 'sync_reset', 'error'],
  },
  auth: {
    summary: 'A fresh token before the old one ends: the socket goes on',
    pattern: '^auth:\\S+$',
    examples: ['auth:eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMWEyIn0.c2lnbmF0dXJl'],
    heard: ['auth_refreshed', 'error'],
  },
}
