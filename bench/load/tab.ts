/** One tab of one person: a socket that hears, answers pings, and costs the load as little as can be. */
import { connect } from 'node:net'
import type { TabAddress } from '../sides/side.ts'
import { CLOSE, frame, frameReader, PING, PONG, TEXT } from './frames.ts'

export interface Tab {
  say(text: string): void
  close(): void
}

export interface TabEvents {
  /** Every message after the greeting. */
  heard(message: Buffer): void
  /** What the server said first. */
  greeted?(message: string): void
  /** It ended, and not by `close`. */
  lost?(why: string): void
}

/** Resolves when the server has greeted. */
export function openTab(port: number, { path, speaks }: TabAddress, events: TabEvents): Promise<Tab> {
  const { promise, resolve, reject } = Promise.withResolvers<Tab>()
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  let isGreeted = false
  let why = 'closed by the server'
  const tab: Tab = {
    say: text => void socket.write(frame(TEXT, text)),
    close() {
      socket.removeAllListeners('close')
      socket.destroy()
    },
  }
  const lose = (why: string) => {
    if (isGreeted) events.lost?.(why)
    else reject(new Error(`A tab was not let in: ${why}`))
  }
  const heard = speaks === 'plain' ? hearPlain : hearSocketIo
  const read = frameReader((opcode, payload) => {
    if (opcode === TEXT) heard(payload)
    else if (opcode === PING) socket.write(frame(PONG, payload))
    else if (opcode === CLOSE) {
      why = `closed with ${payload.length < 2 ? 'no code' : payload.readUInt16BE(0)}`
      socket.destroy()
    }
  })

  function greeted(message: Buffer): void {
    isGreeted = true
    events.greeted?.(message.toString())
    resolve(tab)
  }

  function hearPlain(message: Buffer): void {
    if (isGreeted) events.heard(message)
    else greeted(message)
  }

  /** Engine.IO's own words stand around the messages: it opens, asks who comes, and pings in text. */
  function hearSocketIo(message: Buffer): void {
    const kind = message.toString('latin1', 0, 2)
    if (kind.startsWith('0')) tab.say('40')
    else if (kind.startsWith('2')) tab.say('3')
    else if (kind === '40') greeted(message)
    else if (kind === '42') events.heard(message)
    else lose(message.toString())
  }

  let answer = ''
  const upgrade = (chunk: Buffer) => {
    answer += chunk.toString('latin1')
    const end = answer.indexOf('\r\n\r\n')
    if (end < 0) return
    if (!answer.startsWith('HTTP/1.1 101')) return lose(answer.slice(0, 100))
    socket.off('data', upgrade)
    socket.on('data', read)
    const rest = Buffer.from(answer.slice(end + 4), 'latin1')
    answer = ''
    if (rest.length > 0) read(rest)
  }
  socket.on('data', upgrade)
  socket.on('error', error => {
    why = error.message
  })
  socket.on('close', () => lose(why))
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: Upgrade\r\nupgrade: websocket\r\n` +
      'sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  return promise
}
