/** Sockets that speak nonsense, each in its own way, and the judge of what they are answered. */
import { Compile } from 'typebox/compile'
import type { Person } from '../../../apps/server/src/testing/index.ts'
import {
  CLOSE_CODES,
  type ConnectionStats,
  parseCommand,
  ServerMessage,
} from '../../../packages/protocol/src/index.ts'
import type { Chance } from '../../faults/kit/random.ts'
import { type Babbler, openBabbler } from './babbler.ts'
import { encodeFrame, OPCODES, textFrame } from './frames.ts'
import { commandText, wrongFrame, wrongText } from './nonsense.ts'
import type { Town } from './town.ts'

/** `sentences`: each is answered; `rubbish`: broken frames; `flood`: much is asked, and nothing read; `knock`: odd handshakes. */
const WAYS = { sentences: 6, rubbish: 6, cut: 2, flood: 1, knock: 3 }

/** What a server of ours ends a socket with, besides what a client itself has said. It never has a fault of its own. */
const CODES: ReadonlySet<number | null> = new Set([
  ...Object.values(CLOSE_CODES).filter(code => code !== CLOSE_CODES.internal),
  ...[null, 1000, 1001, 1002, 1005, 1007, 1008],
])

const QUERIES = [
  '&since=0',
  '&since=3',
  '&since=999999',
  '&since=-1',
  '&since=%00',
  '&since=0&epoch=x',
  '&since=1&since=2',
  '&ticket=x',
  '&%',
  '&a[]=1',
  '',
]

const serverMessage = Compile(ServerMessage)

/** Longer than a busy machine stands still. */
const PATIENCE_MS = 20_000
const patience = () => new Promise<void>(resolve => setTimeout(resolve, PATIENCE_MS).unref())

export function createSpeakers(town: Town, chance: Chance) {
  const { server } = town
  const speakers = town.speakers
  const figures = { sockets: 0, said: 0, heard: 0, codes: new Map<number | null, number>() }
  const problems: string[] = []
  const tokens = new Map<Person, string>()

  function judge(babbler: Babbler, { id, name }: Person): void {
    const say = (problem: string) => problems.push(`to ${name}: ${problem}`)
    const code = babbler.closeCode()
    figures.codes.set(code, (figures.codes.get(code) ?? 0) + 1)
    if (!CODES.has(code)) say(`closed with ${code}`)
    const status = babbler.status()
    if (status !== null && status !== 101 && !(status >= 400 && status < 500))
      say(`handshake answered ${status}`)
    if (babbler.others.length > 0) say(`frames of the kinds ${babbler.others}`)
    for (const text of babbler.texts) {
      figures.heard += 1
      if (text === 'pong') continue
      const leaks = town.leaks(text, name)
      if (leaks.length > 0) say(`told what is not theirs: ${text}`)
      const message = JSON.parse(text)
      if (!serverMessage.Check(message)) say(`no message of the protocol: ${text}`)
      if (message.type === 'connection_established' && message.user_id !== id) say(`greeted as ${text}`)
      if (message.type === 'error' && message.code === 'failed') say(`the server failed: ${text}`)
    }
  }

  async function speak(): Promise<void> {
    const speaker = chance.pick(speakers)
    const token = tokens.get(speaker) ?? ''
    const idOf = () =>
      town.ids.get(chance.below(30), chance.pick([`${speaker.name}/notifications`, 'notifications']))
    const right = () => commandText(chance, idOf(), token)
    const text = () => (chance.below(3) === 0 ? right() : wrongText(chance, right()))
    const way = chance.weighted(WAYS)
    const given =
      way === 'knock' && chance.below(2) === 0 ? chance.pick(['', 'x', `${token}x`, '%00']) : token
    const query = `token=${given}${way === 'sentences' ? chance.pick(['', '&since=0']) : chance.pick(QUERIES)}`
    const babbler = openBabbler(server.url, query, way === 'knock' ? knocks(token) : [])
    const { socket } = babbler
    figures.sockets += 1
    // Some do not even wait to be greeted.
    if (chance.below(5) > 0) await babbler.until(() => babbler.status() !== null)
    switch (way) {
      case 'sentences':
        await converse(babbler, Array.from({ length: 1 + chance.below(12) }, text), speaker)
        socket.end(encodeFrame(OPCODES.close, Uint8Array.from([0x03, 0xe8])))
        break
      case 'flood':
        socket.pause()
        for (let n = 0; n < 150; n++)
          socket.write(chance.pick([textFrame('sync:0'), encodeFrame(OPCODES.ping, new Uint8Array(125))]))
        socket.end()
        socket.resume()
        break
      default:
        for (let n = chance.below(6); n >= 0; n--) {
          figures.said += 1
          socket.write(chance.below(3) === 0 ? textFrame(text()) : wrongFrame(chance, text()))
        }
        if (way === 'cut') socket.resetAndDestroy()
        else socket.end()
    }
    await babbler.closed
    judge(babbler, speaker)
  }

  /** Says one thing after another, and compares which of them are refused with what the protocol says of them. */
  async function converse(babbler: Babbler, texts: readonly string[], speaker: Person): Promise<void> {
    const refusals: string[] = []
    for (const given of texts) {
      // As it arrives: half a character cannot be sent.
      const text = given.toWellFormed()
      const command = parseCommand(text)
      if ('code' in command)
        refusals.push(JSON.stringify({ code: command.code, request: text.slice(0, 100) }))
      figures.said += 1
      babbler.socket.write(textFrame(text))
    }
    babbler.socket.write(textFrame('ping'))
    const pings = 1 + texts.filter(text => text.trim() === 'ping').length
    const told = () =>
      babbler.texts
        .filter(text => text !== 'pong')
        .map(text => JSON.parse(text))
        .filter(
          ({ type, code }) => type === 'error' && (code === 'unknown_command' || code === 'bad_argument'),
        )
        .map(({ code, request }) => JSON.stringify({ code, request }))
    const isAnswered = () =>
      babbler.texts.filter(text => text === 'pong').length === pings && told().length >= refusals.length
    // What was said before the greeting is answered after it; what is said later may be answered before that.
    await Promise.race([babbler.until(() => isAnswered() || babbler.closeCode() !== null), patience()])
    if (babbler.closeCode() !== null || babbler.socket.destroyed) return
    if (told().sort().join() !== refusals.sort().join())
      problems.push(
        `${speaker.name} said ${JSON.stringify(texts).slice(0, 2_000)}, was refused ${told()} instead of ${refusals}`,
      )
  }

  const knocks = (token: string): string[] =>
    chance.pick([
      ['Origin: https://elsewhere.test'],
      ['Origin: null'],
      [`Sec-WebSocket-Protocol: bearer, ${token}`],
      ['Sec-WebSocket-Protocol: ,,,'],
      ['Sec-WebSocket-Protocol: bearer, bearer'],
      ['Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99'],
      ['Sec-WebSocket-Version: 99'],
      ['Sec-WebSocket-Key: x'],
      ['Content-Length: 5'],
      ['Transfer-Encoding: chunked'],
      ['Cookie: pms_access=x; =; ;;'],
      [`X-Long: ${'a'.repeat(20_000)}`],
    ])

  return {
    figures,
    problems,
    /** So many more of them, some at once. Resolves when the last is gone. */
    async speak(count: number, atOnce: number): Promise<void> {
      for (const person of speakers) {
        const token = await server.tokenOf(person)
        tokens.set(person, token)
        const rest = server.rest(token)
        town.ids.learn(person.name, 'notifications', (await rest.get('/api/notifications?limit=100')).body)
      }
      let left = count
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          while (left-- > 0) await speak()
        }),
      )
    },
    async connections(): Promise<number> {
      const rest = await server.as(town.people.jane)
      return (await rest.get<ConnectionStats>('/api/notifications/connection-stats')).body.total_connections
    },
  }
}
