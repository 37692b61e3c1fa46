/** Which pages may call: those of this very host, and those an installation names. */

/** Some proxies name the port in `Host` where a browser leaves it out of `Origin`. */
const USUAL_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

export type OriginCheck = (origin: string, host: string | undefined) => boolean

/**
 * @param allowed origins besides the server's own
 * @returns whether a page of `origin` may call the server that it reached as `host`
 */
export function createOriginCheck(allowed: readonly string[]): OriginCheck {
  const others = new Set(allowed)
  return (origin, host) => {
    if (others.has(origin)) return true
    // By host alone: behind a proxy that ends TLS the server does not see the scheme its pages have.
    const url = URL.parse(origin)
    if (url === null || host === undefined) return false
    const named = host.toLowerCase()
    return url.host === named || (url.port === '' && `${url.host}:${USUAL_PORTS[url.protocol]}` === named)
  }
}
