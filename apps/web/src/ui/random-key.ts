/** A name that nothing else has. Unlike `crypto.randomUUID` it is there on every origin. */
export const randomKey = () => crypto.getRandomValues(new Uint32Array(4)).join('-')
