/**
 * One socket of one person. Three phases: opening (the greeting is on its way), catching up (pages from the
 * database), live (changes as they are committed). A change is a hint of a version: the connection sends it as it
 * is when it is the next one, ignores what it has, and reads the database when it sees a gap; so nothing is lost or
 * doubled wherever one phase ends and the next begins.
 */
import { CLOSE_CODES, type CloseCode, type Command, parseCommand, type SyncResetReason } from '@pms/protocol'
import type { BusMessage, InboxChange } from './bus/bus.ts'
import { commandBudget } from './command-budget.ts'
import {
  encode,
  encodeChange,
  encodePage,
  encodePageInPlain,
  encodeSignal,
  type Vocabulary,
} from './encode.ts'
import type { Inboxes, Outcome } from './inbox.ts'
import type { Socket, SocketLimits } from './socket.ts'

/** Where a returning client stopped listening. */
export interface Resume {
  since: number
  /** The database its version is of; null when it does not say. */
  epoch: string | null
}

export interface ConnectionOptions {
  userId: string
  socket: Socket
  inboxes: Inboxes
  limits: SocketLimits
  /** null: a plain client, which is told only what happens from now on. */
  resume: Resume | null
  /** Told of errors that are nobody's input: the database failed. */
  onError(error: unknown): void
}

/** What is wrong with an input. */
interface Problem {
  code: string
  message: string
}

/** How much of a refused command its error repeats. */
const MAX_ECHO = 100

export class Connection {
  readonly userId: string
  readonly #socket: Socket
  readonly #inboxes: Inboxes
  readonly #limits: SocketLimits
  readonly #onError: (error: unknown) => void
  readonly #mayCommand: (now: number) => boolean
  #phase: 'opening' | 'catching_up' | 'live' | 'closed' = 'opening'
  #vocabulary: Vocabulary
  /** Everything up to here was sent, or was there before the client came. */
  #version = 0
  /** The highest version heard of. */
  #newest = 0
  /** Commands, and catching up, one after another. */
  #work: Promise<void>

  constructor({ userId, socket, inboxes, limits, resume, onError }: ConnectionOptions) {
    this.userId = userId
    this.#socket = socket
    this.#inboxes = inboxes
    this.#limits = limits
    this.#onError = onError
    this.#mayCommand = commandBudget(limits.commandsPerSecond)
    this.#vocabulary = resume ? 'sync' : 'plain'
    this.#work = this.#open(resume).catch(error => this.#fail(error))
  }

  /** Takes what the bus carries for this person. */
  receive(message: BusMessage): void {
    if (this.#phase === 'closed') return
    if (message.kind === 'resource_changed') {
      // A plain client has no word for it; whoever is just arriving fetches everything anyway.
      if (this.#phase !== 'opening' && this.#vocabulary === 'sync') this.#send(encodeSignal(message))
      return
    }
    this.#newest = Math.max(this.#newest, message.version)
    if (this.#phase !== 'live') return
    if (message.version === this.#version + 1) {
      this.#sendChange(message)
    } else if (message.version > this.#version) {
      this.#phase = 'catching_up'
      this.#enqueue(() => this.#catchUp())
    }
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

  /** The socket is gone; nothing more is sent. */
  closed(): void {
    this.#phase = 'closed'
  }

  /** Whether one more input is taken: whoever says too much is sent away. */
  #takesInput(): boolean {
    if (this.#isClosed()) return false
    if (this.#mayCommand(performance.now())) return true
    this.#close(CLOSE_CODES.tooMany, 'Too many commands')
    return false
  }

  #refuse({ code, message }: Problem, request: string): void {
    this.#answer(encode({ type: 'error', code, message, request: request.slice(0, MAX_ECHO) }))
  }

  async #open(resume: Resume | null): Promise<void> {
    const head = await this.#inboxes.head(this.userId)
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
    if (resume && (resume.epoch === null || resume.epoch === head.epoch)) {
      this.#version = resume.since
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
      const page = await this.#inboxes.changesSince(this.userId, this.#version, this.#limits.pageSize)
      if (this.#isClosed()) return
      if (typeof page === 'string') {
        this.#version = (await this.#inboxes.head(this.userId)).version
        this.#reset(page)
        more = false
        continue
      }
      this.#version = page.version
      more = page.more
      await this.#sendPage(this.#vocabulary === 'sync' ? [encodePage(page)] : encodePageInPlain(page))
    }
    this.#goLive()
  }

  #goLive(): void {
    if (!this.#isClosed()) this.#phase = 'live'
  }

  #reset(reason: SyncResetReason): void {
    if (this.#vocabulary === 'sync')
      this.#send(encode({ type: 'sync_reset', version: this.#version, reason }))
  }

  #sendChange(change: InboxChange): void {
    this.#version = change.version
    for (const text of encodeChange(change, this.#vocabulary)) this.#send(text)
  }

  async #obey(command: Exclude<Command, { verb: 'ping' }>, text: string): Promise<void> {
    if (command.verb === 'sync') {
      this.#vocabulary = 'sync'
      this.#version = command.since
      return this.#catchUp()
    }
    try {
      await this.#change(command, text)
    } catch (error) {
      this.#onError(error)
      this.#refuse(FAILED, text)
    }
  }

  async #change(command: Exclude<Command, { verb: 'ping' | 'sync' }>, text: string): Promise<void> {
    switch (command.verb) {
      case 'mark_read': {
        const outcome = await this.#inboxes.markRead(this.userId, command.id)
        // The others know already; who asks is answered all the same.
        if (outcome === 'unchanged') this.#send(encode({ type: 'marked_read', notification_id: command.id }))
        return this.#refuseUnlessFound(outcome, text)
      }
      case 'mark_unread':
        return this.#refuseUnlessFound(await this.#inboxes.markUnread(this.userId, command.id), text)
      case 'delete':
        return this.#refuseUnlessFound(await this.#inboxes.remove(this.userId, command.id), text)
      case 'mark_all_read':
        await this.#inboxes.markAllRead(this.userId, command.throughSeq)
    }
  }

  #refuseUnlessFound(outcome: Outcome, text: string): void {
    if (outcome === 'not_found') this.#refuse(NOT_FOUND, text)
  }

  #enqueue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(error => this.#fail(error))
  }

  /** The client cannot be told what it should know, so it is sent away to come back. */
  #fail(error: unknown): void {
    if (this.#isClosed()) return
    this.#onError(error)
    this.#close(CLOSE_CODES.internal, 'Internal error')
  }

  /** Sends an answer that belongs to no change; never before the greeting. */
  #answer(text: string): void {
    if (this.#phase === 'opening') this.#enqueue(async () => this.#send(text))
    else this.#send(text)
  }

  #send(text: string): void {
    if (this.#isClosed()) return
    this.#socket.send(text)
    if (this.#socket.buffered > this.#limits.maxBufferedBytes)
      this.#close(CLOSE_CODES.tooSlow, 'Too slow a reader')
  }

  /** Sends, and waits until the last of it is out: the next page is read when there is room for it. */
  async #sendPage(texts: readonly string[]): Promise<void> {
    for (const text of texts.slice(0, -1)) this.#send(text)
    const last = texts.at(-1)
    if (last === undefined || this.#isClosed()) return
    await new Promise<void>(written => this.#socket.send(last, written))
  }

  #close(code: CloseCode, reason: string): void {
    this.#socket.close(code, reason)
    this.closed()
  }

  #isClosed(): boolean {
    return this.#phase === 'closed'
  }
}

const NOT_FOUND = { code: 'not_found', message: 'There is no such notification in your inbox' }
const FAILED = { code: 'failed', message: 'That could not be done just now; nothing was changed. Try again' }
