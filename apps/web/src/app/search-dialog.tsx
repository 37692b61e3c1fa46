/** Search over everything: type, choose by arrows, Enter. Fetched when somebody asks for it. */
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Search } from 'lucide-react'
import { useRef, useState } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { type Finding, type Findings, useFindings } from './findings.ts'
import { closeSearch } from './search.ts'

export function SearchDialog() {
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const { groups, isBusy } = useFindings(text)
  return (
    <Dialog open onClose={closeSearch} title="Search and commands" shape="search" initialFocus={input}>
      <Autocomplete.Root
        inline
        open
        items={groups}
        mode="none"
        autoHighlight="always"
        keepHighlight
        value={text}
        onValueChange={(next, { reason }) => {
          if (reason !== 'item-press') setText(next)
        }}
        itemToStringValue={(finding: Finding) => finding.label}
      >
        <div className="flex shrink-0 items-center gap-3 border-b border-line px-4">
          <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
          <Autocomplete.Input
            ref={input}
            aria-label="Search people, goals, initiatives, places and commands"
            placeholder="Find a person, a goal, an initiative, a page…"
            maxLength={100}
            className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-subtle"
          />
        </div>
        <Autocomplete.Status className="px-4 text-sm text-muted">
          {groups.length === 0 && (
            <p className="py-4">{isBusy ? 'Searching…' : `Nothing matches “${text.trim()}”.`}</p>
          )}
        </Autocomplete.Status>
        <Autocomplete.List className="min-h-0 overflow-y-auto overscroll-contain p-1.5 empty:hidden">
          {(group: Findings) => (
            <Autocomplete.Group key={group.title} items={group.items} className="pb-1.5 last:pb-0">
              <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">
                {group.title}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(finding: Finding) => <Row key={finding.id} finding={finding} />}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </Autocomplete.Root>
    </Dialog>
  )
}

const Row = ({ finding }: { finding: Finding }) => {
  const { label, note, icon: Icon, act } = finding
  return (
    <Autocomplete.Item
      value={finding}
      onClick={() => {
        closeSearch()
        act()
      }}
      className="flex min-h-9 cursor-default select-none items-center gap-3 rounded-md px-2.5 py-1.5 text-sm outline-none data-highlighted:bg-hover touch:min-h-11 dark:data-highlighted:bg-pressed"
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
      <span className="min-w-0 truncate">{label}</span>
      {note && <span className="ml-auto max-w-[45%] shrink-0 truncate text-muted">{note}</span>}
    </Autocomplete.Item>
  )
}
