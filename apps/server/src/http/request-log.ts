/**
 * The log of one request. Most requests have nothing said of them until they end, and no more than a line then: what
 * stands with each line is put together when the first is written, and never where nobody wants to read it.
 */
import type { FastifyBaseLogger } from 'fastify'
import type { Bindings, Logger } from 'pino'

type Level = Exclude<keyof FastifyBaseLogger, 'level' | 'child'>

export class RequestLog implements FastifyBaseLogger {
  readonly #log: Logger
  readonly #bindings: Bindings
  #own: Logger | null = null

  /** @param bindings what stands with every line */
  constructor(log: Logger, bindings: Bindings) {
    this.#log = log
    this.#bindings = bindings
  }

  get level(): string {
    return this.#log.level
  }

  child(bindings: Bindings): RequestLog {
    return new RequestLog(this.#log, { ...this.#bindings, ...bindings })
  }

  fatal(...words: unknown[]): void {
    this.#say('fatal', words)
  }
  error(...words: unknown[]): void {
    this.#say('error', words)
  }
  warn(...words: unknown[]): void {
    this.#say('warn', words)
  }
  info(...words: unknown[]): void {
    this.#say('info', words)
  }
  debug(...words: unknown[]): void {
    this.#say('debug', words)
  }
  trace(...words: unknown[]): void {
    this.#say('trace', words)
  }
  silent(): void {}

  #say(level: Exclude<Level, 'silent'>, words: unknown[]): void {
    if (!this.#log.isLevelEnabled(level)) return
    this.#own ??= this.#log.child(this.#bindings)
    Reflect.apply(this.#own[level], this.#own, words)
  }
}
