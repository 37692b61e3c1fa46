/**
 * The socket as an AsyncAPI 3 document, made from the schemas of its messages, for whoever serves it: seen from the
 * server, which sends what clients hear and receives what they say.
 */
import type { TSchema } from 'typebox'
import { BEARER_SUBPROTOCOL } from '../close-codes.ts'
import { InboxItem, Notification } from '../notification.ts'
import { ServerMessage } from '../server-messages.ts'
import { PROTOCOL_VERSION } from '../version.ts'
import { CLIENT_MESSAGES } from './client-messages.ts'
import { CLOSES, type CloseText } from './closes.ts'
import { ERROR_CODES, SERVER_MESSAGES } from './server-messages.ts'

export type { CloseText } from './closes.ts'

export interface AsyncApiOptions {
  title: string
  description: string
  /** Where the socket is: `/api/notifications/ws`. */
  path: string
  /** A host as it may be called; whoever reads the document puts theirs in its place. */
  host: string
}

export interface AsyncMessage {
  name: string
  title: string
  summary: string
  description?: string
  contentType: 'application/json' | 'text/plain'
  payload: object
  examples: readonly { payload: unknown }[]
}

export interface AsyncOperation {
  action: 'send' | 'receive'
  channel: { $ref: string }
  title: string
  summary: string
  messages: readonly { $ref: string }[]
  reply?: { channel: { $ref: string }; messages: readonly { $ref: string }[] }
}

export type AsyncApi = ReturnType<typeof asyncApiOf>

const CHANNEL = { $ref: '#/channels/socket' }
const messageRef = (name: string) => ({ $ref: `#/channels/socket/messages/${name}` })

export function asyncApiOf({ title, description, path, host }: AsyncApiOptions) {
  const messages = { ...serverMessages(), ...clientMessages() }
  const names = Object.keys(messages)
  return {
    asyncapi: '3.0.0',
    info: { title, version: String(PROTOCOL_VERSION), description },
    defaultContentType: 'application/json',
    servers: Object.fromEntries(
      (['wss', 'ws'] as const).map(protocol => [
        protocol,
        {
          host: '{host}',
          pathname: path,
          protocol,
          description: protocol === 'wss' ? 'Behind whoever ends TLS' : 'Without TLS, on one’s own machine',
          variables: { host: { default: host, description: 'Where this server is reached' } },
          security: Object.keys(SECURITY).map(name => ({ $ref: `#/components/securitySchemes/${name}` })),
        },
      ]),
    ),
    channels: {
      socket: {
        address: path,
        title: 'The socket',
        description:
          'Every socket is accepted first: whoever is not let in learns why from the code it is closed with.',
        messages: Object.fromEntries(names.map(name => [name, { $ref: `#/components/messages/${name}` }])),
        bindings: { ws: { method: 'GET', query: QUERY, headers: HEADERS, bindingVersion: '0.1.0' } },
        'x-close-codes': CLOSES as readonly CloseText[],
        'x-error-codes': ERROR_CODES,
      },
    },
    operations: operations(),
    components: {
      messages,
      schemas: { InboxItem: InboxItem as object, Notification: Notification as object },
      securitySchemes: SECURITY,
    },
  }
}

/** By the words that they travel under, and the bare `pong`. */
function serverMessages(): Record<string, AsyncMessage> {
  const said = ServerMessage.anyOf.map(schema => {
    const name = schema.properties.type.const
    const { summary, description, example } = SERVER_MESSAGES[name]
    const message: AsyncMessage = {
      name,
      title: words(name),
      summary,
      ...(description ? { description } : {}),
      contentType: 'application/json',
      payload: withRefs(schema),
      examples: [{ payload: example }],
    }
    return [name, message] as const
  })
  return {
    ...Object.fromEntries(said),
    pong: text('pong', 'The answer to `ping`, and no JSON', '^pong$', ['pong']),
  }
}

function clientMessages(): Record<string, AsyncMessage> {
  return Object.fromEntries(
    Object.entries(CLIENT_MESSAGES).map(([verb, { summary, pattern, examples }]) => [
      commandName(verb),
      text(verb, summary, pattern, examples),
    ]),
  )
}

/** `sync` is a command and also the page that answers it. */
const commandName = (verb: string) => `command_${verb}`

function text(name: string, summary: string, pattern: string, examples: readonly string[]): AsyncMessage {
  return {
    name,
    title: words(name),
    summary,
    contentType: 'text/plain',
    payload: { type: 'string', pattern },
    examples: examples.map(payload => ({ payload })),
  }
}

function operations(): Record<string, AsyncOperation> {
  const tell: AsyncOperation = {
    action: 'send',
    channel: CHANNEL,
    title: 'Tell',
    summary: 'What the server says: changes of the inbox as they happen, and answers',
    messages: [...Object.keys(SERVER_MESSAGES), 'pong'].map(messageRef),
  }
  const commands = Object.entries(CLIENT_MESSAGES).map(([verb, { summary, heard }]) => {
    const operation: AsyncOperation = {
      action: 'receive',
      channel: CHANNEL,
      title: words(verb),
      summary,
      messages: [messageRef(commandName(verb))],
      reply: { channel: CHANNEL, messages: heard.map(messageRef) },
    }
    return [commandName(verb), operation] as const
  })
  return { tell, ...Object.fromEntries(commands) }
}

/** What several messages hold is said once. */
function withRefs(schema: TSchema): object {
  return JSON.parse(
    JSON.stringify(schema, (_key, value: unknown) => {
      if (value === InboxItem) return { $ref: '#/components/schemas/InboxItem' }
      if (value === Notification) return { $ref: '#/components/schemas/Notification' }
      return value
    }),
  ) as object
}

const words = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')

const QUERY = {
  type: 'object',
  properties: {
    token: { type: 'string', description: 'An access token (JWT)' },
    ticket: { type: 'string', description: 'A ticket instead: good once, for 30 seconds' },
    since: {
      type: 'integer',
      minimum: 0,
      description: 'The version you hold: you sync, and are sent what came after',
    },
    epoch: {
      type: 'string',
      description: 'The database which that version belongs to, as the list named it',
    },
  },
}

const HEADERS = {
  type: 'object',
  properties: {
    'Sec-WebSocket-Protocol': {
      type: 'string',
      pattern: `^${BEARER_SUBPROTOCOL}, \\S+$`,
      description: `\`${BEARER_SUBPROTOCOL}\` and an access token; the server picks \`${BEARER_SUBPROTOCOL}\``,
    },
    Origin: {
      type: 'string',
      description:
        'Of a page: the server’s own, or one that it was told to allow. A client without one is no page',
    },
  },
}

const SECURITY = {
  subprotocol: {
    type: 'httpApiKey',
    in: 'header',
    name: 'Sec-WebSocket-Protocol',
    description: `The subprotocols \`${BEARER_SUBPROTOCOL}, <jwt>\` in this order: the token ends up in no log`,
  },
  token: {
    type: 'httpApiKey',
    in: 'query',
    name: 'token',
    description: 'An access token in the address: the simplest, and the one that ends up in logs of proxies',
  },
  ticket: {
    type: 'httpApiKey',
    in: 'query',
    name: 'ticket',
    description: 'For clients that can set neither: asked for by REST with an access token, and ends with it',
  },
}
