/** The way back from a page to the list it came from, in the top bar. */
import { Link, type LinkProps } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { TopBar } from './page.tsx'

export interface Back extends Pick<LinkProps, 'to' | 'search'> {
  label: string
}

export function BackLink({ label, ...link }: Back) {
  return (
    <TopBar>
      <Link
        {...link}
        className="-ml-2 flex h-8 items-center gap-1 rounded-md pr-2.5 pl-1.5 text-sm text-muted transition-colors hover:bg-hover hover:text-ink touch:h-11"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        {label}
      </Link>
    </TopBar>
  )
}
