/**
 * Version of the wire. Raised on purpose, with any change of it: clients of another version do not share a socket, and
 * a test keeps a fingerprint of the wire for each version.
 */
export const PROTOCOL_VERSION = 2
