/**
 * One socket of one person. Three phases: opening (the greeting is on its way), catching up (pages from the
 * database), live (changes as they are committed). A change is a hint of a version: the connection sends it as it
 * is when it is the next one, ignores what it has, and reads the database when it sees a gap; so nothing is lost or
 * doubled wherever one phase ends and the next begins.
 */
import { CLOSE_CODES, type CloseCode, type Command, parseCommand, type SyncResetReason } from '@pms/protocol'
import type { Admission, Authenticate } from './admission.ts'
import type { InboxChange, PersonalMessage, ResourceSignal, Revocation } from './bus/bus.ts'
import { CommandBudget } from './command-budget.ts'
import {
  encode,
  encodeChange,
  encodePage,
  encodePageInPlain,
  encodeSignal,
  type Vocabulary,
} from './encode.ts'
import type { Inboxes } from './inbox.ts'
import { changeInbox, type InboxCommand, type Problem } from './inbox-commands.ts'
import type { ConnectionRecord, ConnectionStart } from './journal.ts'
import type { Socket, SocketLimits } from './socket.ts'
import type { Tally } from './tally.ts'
import { Vitals } from './vitals.ts'
import type { WheelEntry } from './wheel.ts'

/** Where a returning client stopped listening. */
export interface Resume {
  since: number
  /** The database its version is of; null when it does not say. */
  epoch: string | null
}

/** What all connections of a hub share. */
export interface ConnectionOptions {
  inboxes: Inboxes
  limits: SocketLimits
  authenticate: Authenticate
  /** Milliseconds since 1970. */
  now(): number
  /** Told of errors that are nobody's input: the database failed; and of whose connection it was. */
  onError(error: unknown, connection: Connection): void
  /** Where it counts what it does. */
  tally: Tally
}

/** Who comes, and how. */
export interface Arrival {
  /** Counts those of a hub. */
  number: number
  admission: Admission
  socket: Socket
  /** null: a plain client, which is told only what happens from now on. */
  resume: Resume | null
  /** Whether its person has room for one more, when that is known. Nothing is said before. */
  entry: Promise<boolean>
}

/** What a transport says where the other side did not. */
const NO_GOODBYE = 1006

/** How much of a refused command its error repeats. */
const MAX_ECHO = 100

export class Connection implements WheelEntry {
  readonly number: number
  readonly userId: string
  slot = 0
  /** It counts among those of its person at all nodes. */
  isCounted = false
  readonly #options: ConnectionOptions
  readonly #socket: Socket
  readonly #vitals: Vitals
  /** The sign-in it was let in on. */
  #session: string
  readonly #budget: CommandBudget
  #phase: 'opening' | 'catching_up' | 'live' | 'closed' = 'opening'
  #isDraining = false
  #vocabulary: Vocabulary
  readonly #openedAt: number
  #start: ConnectionStart = 'plain'
  /** Up to here the client had everything when it came; -1 until it is greeted. */
  #first = -1
  #closeCode: number | null = null
  /** Everything up to here was sent, or was there before the client came. */
  #version = 0
  /** The highest version heard of. */
  #newest = 0
  /** Commands, and catching up, one after another. */
  #work: Promise<void>

  constructor(options: ConnectionOptions, { number, admission, socket, resume, entry }: Arrival) {
    const { limits, now } = options
    this.number = number
    this.userId = admission.userId
    this.#options = options
    this.#session = admission.session
    this.#socket = socket
    this.#openedAt = now()
    this.#vitals = new Vitals(limits, admission.expiresAt, this.#openedAt)
    this.#budget = new CommandBudget(limits.commandsPerSecond)
    this.#vocabulary = resume ? 'sync' : 'plain'
    this.#work = entry.then(hasRoom => this.#enter(hasRoom, resume)).catch(error => this.#fail(error))
  }

  /** The sign-in that it is here on. */
  get session(): string {
    return this.#session
  }

  /** What is to be known of it later; null before it is greeted. */
  get record(): ConnectionRecord | null {
    if (this.#first < 0) return null
    return {
      number: this.number,
      userId: this.userId,
      session: this.#session,
      openedAt: this.#openedAt,
      heardAt: this.#vitals.heardAt,
      start: this.#start,
      first: this.#first,
      version: this.#version,
      code: this.#closeCode,
    }
  }

  /** Takes what the bus carries for this person. */
  receive(message: PersonalMessage): void {
    if (this.#phase === 'closed') return
    if (message.kind === 'resource_changed') {
      this.signal(message)
      return
    }
    if (message.kind === 'revoked') {
      this.#revoke(message)
      return
    }
    // Of another version of this server there may be words that this one does not know.
    if (!('version' in message)) return
    const isNext = this.#phase === 'live' && message.version === this.#version + 1
    if (isNext && message.kind !== 'moved') this.#sendChange(message)
    else this.hint(message.version)
  }

  /** Something that a page may show has changed. */
  signal(change: Pick<ResourceSignal, 'resource' | 'id'>): void {
    // A plain client has no word for it; whoever is just arriving fetches everything anyway.
    if (this.#phase !== 'opening' && this.#vocabulary === 'sync') this.#send(encodeSignal(change))
  }

  /**
   * The inbox is at this version at least: what is missing up to there is read from the database.
   * @returns whether that was news
   */
  hint(version: number): boolean {
    this.#newest = Math.max(this.#newest, version)
    if (this.#phase !== 'live' || version <= this.#version) return false
    this.#phase = 'catching_up'
    this.#enqueue(() => this.#catchUp())
    return true
  }

  /** How many versions it is behind this one. */
  lacks(version: number): number {
    const isServed = this.#phase === 'live' || this.#phase === 'catching_up'
    return isServed ? Math.max(0, version - this.#version) : 0
  }

  /** Takes what the client says. */
  command(text: string): void {
    if (!this.#takesInput()) return
    const command = parseCommand(text)
    if ('code' in command) this.#refuse(command, text)
    else if (command.verb === 'ping') this.#answer('pong')
    else this.#enqueue(() => this.#obey(command, text))
  }

  /** Takes input that is no command, and answers what is wrong with it. */
  refuse(problem: Problem, request: string): void {
    if (this.#takesInput()) this.#refuse(problem, request)
  }

  /** Takes a sign of life that says nothing else. */
  heard(): void {
    this.#vitals.heard(this.#options.now())
  }

  /** Looks after the socket: pings it when it is silent, ends it when it is gone or its token has ended. */
  check(now: number): number | null {
    if (this.#isClosed()) return null
    switch (this.#vitals.judge(now)) {
      case 'ping':
        this.#socket.ping()
        break
      case 'lost':
        this.#options.tally.lost += 1
        this.end(CLOSE_CODES.heartbeatLost, 'No sign of life')
        return null
      case 'expired':
        this.end(CLOSE_CODES.unauthenticated, 'Token expired')
        return null
      case 'fine':
    }
    return this.#vitals.next(now)
  }

  /** It owes an answer to a ping: of several sockets the one to do without. */
  get isSuspect(): boolean {
    return this.#vitals.isSuspect
  }

  /** Takes no more commands, and resolves when those taken are done. */
  drain(retryAfterMs: number): Promise<void> {
    this.#isDraining = true
    if (this.#vocabulary === 'sync') {
      this.#answer(encode({ type: 'server_draining', retry_after_ms: retryAfterMs }))
    }
    return this.#work
  }

  /** Ends the socket. */
  end(code: CloseCode, reason: string): void {
    if (this.#isClosed()) return
    this.#closeCode = code
    this.#socket.close(code, reason)
    this.closed()
  }

  /**
   * The socket is gone; nothing more is sent.
   * @param code what the other side closed it with, where it said something
   */
  closed(code: number | null = null): void {
    this.#phase = 'closed'
    // Who says goodbye has been there until then.
    if (this.#closeCode === null && code !== null && code !== NO_GOODBYE) this.heard()
    this.#closeCode ??= code
  }

  /** Whether one more input is taken: whoever says too much is sent away. */
  #takesInput(): boolean {
    if (this.#isClosed() || this.#isDraining) return false
    this.heard()
    if (this.#budget.take(performance.now())) return true
    this.end(CLOSE_CODES.tooMany, 'Too many commands')
    return false
  }

  #refuse({ code, message }: Problem, request: string): void {
    this.#options.tally.refusedCommands += 1
    this.#answer(encode({ type: 'error', code, message, request: request.slice(0, MAX_ECHO) }))
  }

  #revoke({ session, why }: Revocation): void {
    if (session !== null && session !== this.#session) return
    this.end(CLOSE_CODES[why], why === 'forbidden' ? 'Account not allowed' : 'Signed out')
  }

  async #enter(hasRoom: boolean, resume: Resume | null): Promise<void> {
    if (hasRoom) return this.#open(resume)
    this.#options.tally.crowdedOut += 1
    this.end(CLOSE_CODES.tooMany, 'Too many connections')
  }

  async #open(resume: Resume | null): Promise<void> {
    if (this.#isClosed()) return
    const head = await this.#options.inboxes.head(this.userId)
    this.#send(
      encode({
        type: 'connection_established',
        message: 'Connected to notification service',
        user_id: this.userId,
        version: head.version,
        unread_count: head.unreadCount,
        epoch: head.epoch,
      }),
    )
    this.#version = head.version
    this.#first = head.version
    if (resume && (resume.epoch === null || resume.epoch === head.epoch)) {
      this.#resume(resume.since)
      return this.#catchUp()
    }
    if (resume) this.#reset('epoch_changed')
    if (this.#newest > this.#version) return this.#catchUp()
    this.#goLive()
  }

  /** Sends pages from the database, at least one, until nothing newer is known; then goes live. */
  async #catchUp(): Promise<void> {
    if (this.#isClosed()) return
    this.#phase = 'catching_up'
    let more = true
    while (more || this.#newest > this.#version) {
      // What was heard of so far is committed, so the page shows it; what is heard from here on may not be in it.
      this.#newest = 0
      const { pageSize, replayLimit } = this.#options.limits
      const page = await this.#options.inboxes.changesSince(this.userId, this.#version, pageSize, replayLimit)
      if (this.#isClosed()) return
      if (typeof page === 'string') {
        this.#version = (await this.#options.inboxes.head(this.userId)).version
        this.#reset(page)
        more = false
        continue
      }
      this.#version = page.version
      more = page.more
      this.#options.tally.pages += 1
      await this.#sendPage(this.#vocabulary === 'sync' ? [encodePage(page)] : encodePageInPlain(page))
    }
    this.#goLive()
  }

  #resume(since: number): void {
    this.#options.tally.replays += 1
    this.#version = since
    this.#first = Math.min(this.#first, since)
    this.#start = 'resume'
  }

  #goLive(): void {
    if (!this.#isClosed()) this.#phase = 'live'
  }

  #reset(reason: SyncResetReason): void {
    this.#first = this.#version
    if (this.#vocabulary !== 'sync') return
    this.#start = 'reset'
    this.#options.tally.resets += 1
    this.#send(encode({ type: 'sync_reset', version: this.#version, reason }))
  }

  #sendChange(change: InboxChange): void {
    this.#version = change.version
    this.#options.tally.delivered += 1
    for (const text of encodeChange(change, this.#vocabulary)) this.#send(text)
  }

  async #obey(command: Exclude<Command, { verb: 'ping' }>, text: string): Promise<void> {
    switch (command.verb) {
      case 'sync':
        this.#vocabulary = 'sync'
        this.#resume(command.since)
        return this.#catchUp()
      case 'auth':
        // A token is never repeated, not even to who sent it.
        return this.#attempt('auth', () => this.#renew(command.token))
      default:
        return this.#attempt(text, () => this.#change(command, text))
    }
  }

  /** What can fail without the client missing anything is tried, and the socket stays open. */
  async #attempt(request: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#options.onError(error, this)
      this.#refuse(FAILED, request)
    }
  }

  async #change(command: InboxCommand, text: string): Promise<void> {
    const answer = await changeInbox(this.#options.inboxes, this.userId, command)
    if (answer === null) return
    if ('type' in answer) this.#send(encode(answer))
    else this.#refuse(answer, text)
  }

  async #renew(token: string): Promise<void> {
    const admission = await this.#options.authenticate({ kind: 'token', value: token })
    if (admission === 'unauthenticated') {
      this.#refuse(BAD_TOKEN, 'auth')
    } else if (admission === 'forbidden' || admission.userId !== this.userId) {
      this.end(CLOSE_CODES.forbidden, 'Account not allowed')
    } else {
      this.#session = admission.session
      this.#vitals.renew(admission.expiresAt)
      this.#send(encode({ type: 'auth_refreshed', expires_at: new Date(admission.expiresAt).toISOString() }))
    }
  }

  #enqueue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(error => this.#fail(error))
  }

  /** The client cannot be told what it should know, so it is sent away to come back. */
  #fail(error: unknown): void {
    if (this.#isClosed()) return
    this.#options.onError(error, this)
    this.end(CLOSE_CODES.internal, 'Internal error')
  }

  /** Sends an answer that belongs to no change; never before the greeting. */
  #answer(text: string): void {
    if (this.#phase === 'opening') this.#enqueue(async () => this.#send(text))
    else this.#send(text)
  }

  #send(text: string): void {
    if (this.#isClosed()) return
    this.#socket.send(text)
    if (this.#socket.buffered <= this.#options.limits.maxBufferedBytes) return
    this.#options.tally.slowReaders += 1
    this.end(CLOSE_CODES.tooSlow, 'Too slow a reader')
  }

  /** Sends, and waits until the last of it is out: the next page is read when there is room for it. */
  async #sendPage(texts: readonly string[]): Promise<void> {
    for (const text of texts.slice(0, -1)) this.#send(text)
    const last = texts.at(-1)
    if (last === undefined || this.#isClosed()) return
    await new Promise<void>(written => this.#socket.send(last, written))
  }

  #isClosed(): boolean {
    return this.#phase === 'closed'
  }
}

const BAD_TOKEN = {
  code: 'bad_token',
  message: 'That token is not valid. The socket ends with the one it has',
}
const FAILED = { code: 'failed', message: 'That could not be done just now; nothing was changed. Try again' }
