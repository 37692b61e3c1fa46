/** Why the server cannot start, or a command cannot be done, in a sentence that needs no stack trace. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
