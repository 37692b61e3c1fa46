/** Addresses that came from outside: a query parameter, a notification. Only paths of this app are followed. */

/** The path with its query if it leads to a page of this app, else null. */
export function localPath(address: unknown, origin = location.origin): string | null {
  if (typeof address !== 'string' || address === '') return null
  let url: URL
  try {
    url = new URL(address, origin)
  } catch {
    return null
  }
  if (url.origin !== origin || url.pathname.startsWith('//')) return null
  if (url.pathname === '/sign-in' || url.pathname.startsWith('/api/')) return null
  return url.pathname + url.search + url.hash
}
