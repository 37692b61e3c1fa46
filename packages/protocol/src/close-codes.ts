/** Why a server ends a socket. Sent after the upgrade, so that browsers, which hide refused upgrades, see them. */
export const CLOSE_CODES = {
  /** No token, or one that is bad or expired: get a fresh one, then connect again. */
  unauthenticated: 4401,
  /** This origin, account or user is not allowed here: connecting again will not help. */
  forbidden: 4403,
  /** Nothing heard for too long. */
  heartbeatLost: 4408,
  /** The reader is too slow: connect again and resume. */
  tooSlow: 4413,
  /** Too many sockets of one person, or too many commands: wait before connecting again. */
  tooMany: 4429,
  /** A frame was larger than any command. */
  tooBig: 1009,
  /** The server could not do its part: connect again. */
  internal: 1011,
  /** The server stops; another will be there soon. */
  restart: 1012,
} as const

export type CloseCode = (typeof CLOSE_CODES)[keyof typeof CLOSE_CODES]

/** Codes after which connecting again with the same account cannot help. */
export const FINAL_CLOSE_CODES: ReadonlySet<number> = new Set([CLOSE_CODES.forbidden])

/** The subprotocol pair `bearer, <jwt>` carries the token where a query parameter would end up in logs. */
export const BEARER_SUBPROTOCOL = 'bearer'
