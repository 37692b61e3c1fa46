/** Opens the search over everything, and says by which keys. */
import { Search } from 'lucide-react'
import { openSearch, SEARCH_KEYS } from './search.ts'

export const SearchButton = () => (
  <button
    type="button"
    onClick={openSearch}
    aria-keyshortcuts="Control+K Meta+K"
    className="relative inline-flex h-8 min-w-8 shrink-0 items-center justify-center gap-2 rounded-md px-2 text-sm text-muted transition-colors hover:bg-hover hover:text-ink touch:size-11 touch:p-0"
  >
    <Search aria-hidden="true" className="size-4" />
    <span className="sr-only">Search and commands</span>
    <span aria-hidden="true" className="text-xs text-subtle max-lg:hidden touch:hidden">
      {SEARCH_KEYS.join(' ')}
    </span>
  </button>
)
