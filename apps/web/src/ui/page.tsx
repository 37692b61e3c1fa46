/**
 * The frame of a page: its title in the tab, its heading, and what it puts into the top bar of the shell. When a
 * page opens by navigation its heading takes the focus, so that screen readers say where one is.
 */
import { createContext, type ReactNode, use, useEffect, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { cx } from './cx.ts'

/** Where the shell lets pages put their heading and their buttons. */
export const TopBarSlot = createContext<HTMLElement | null>(null)

export function TopBar({ children }: { children: ReactNode }) {
  const slot = use(TopBarSlot)
  return slot && createPortal(children, slot)
}

let titleOfPage = 'PMS'
let unread = 0
/** The address whose heading has had the focus; the first page leaves the focus where the browser puts it. */
let announced = location.pathname

function writeTitle() {
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${titleOfPage === 'PMS' ? 'PMS' : `${titleOfPage} · PMS`}`
}

/** Shows how many notifications are unread in the title of the tab. */
export function useUnreadInTitle(count: number) {
  useEffect(() => {
    unread = count
    writeTitle()
    return () => {
      unread = 0
      writeTitle()
    }
  }, [count])
}

function usePageTitle(title: string) {
  useLayoutEffect(() => {
    titleOfPage = title
    writeTitle()
  }, [title])
}

/** The heading of what is read: of the article, where the page has one beside other things; else of the page. */
const headingHere = () =>
  document.querySelector<HTMLElement>('main article :is(h1, h2)[tabindex="-1"]') ??
  document.querySelector('h1')

/** When what is `there` goes and takes the focus with it, the heading of what is read gets it. */
export function useFocusAfter(there: boolean) {
  const was = useRef(there)
  useEffect(() => {
    if (was.current && !there && document.activeElement === document.body)
      headingHere()?.focus({ preventScroll: true })
    was.current = there
  }, [there])
}

/** How long what closes while a page opens (a menu, a toast) may still take the focus away with it. */
const SETTLING_MS = 1000

/** Gives the focus to a heading, and again if it gets lost while the page settles. */
function holdFocus(heading: HTMLElement | null) {
  const focus = () => heading?.focus({ preventScroll: true })
  const onLost = () =>
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) focus()
    })
  const release = () => document.removeEventListener('focusout', onLost)
  focus()
  document.addEventListener('focusout', onLost)
  const timer = setTimeout(release, SETTLING_MS)
  return () => {
    clearTimeout(timer)
    release()
  }
}

interface HeadingProps {
  /** What the tab says, where it differs from the heading. */
  title: string
  children?: ReactNode
  className?: string
}

export function PageHeading({ title, children = title, className }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  usePageTitle(title)
  useEffect(() => {
    if (announced === location.pathname) return
    announced = location.pathname
    return holdFocus(heading.current)
  }, [])
  return (
    <h1
      ref={heading}
      tabIndex={-1}
      className={cx('font-semibold tracking-[-0.014em] text-balance', className)}
    >
      {children}
    </h1>
  )
}
