/** The icon of the tab has a dot while something is unread. */
import { useEffect } from 'react'

const PLAIN = '/favicon.svg'
const DOTTED = '/favicon-unread.svg'

export function useUnreadInFavicon(isUnread: boolean): void {
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (!icon) return
    icon.href = isUnread ? DOTTED : PLAIN
    return () => {
      icon.href = PLAIN
    }
  }, [isUnread])
}
