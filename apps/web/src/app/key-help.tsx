/** All keys of the app. Fetched when somebody asks for them. */
import { InboxKeys } from '@pms/react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useRef } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { useLetterKeys } from '../ui/letter-keys.ts'
import { closeKeyHelp } from './help.ts'
import { OWN_PLACES, usePlaces } from './places.ts'
import { SEARCH_KEYS } from './search.ts'

export function KeyHelp() {
  const letters = useLetterKeys()
  const places = usePlaces()
  const list = useRef<HTMLDivElement>(null)
  return (
    <Dialog open onClose={closeKeyHelp} title="Keyboard shortcuts" shape="wide" initialFocus={list}>
      <p className="mt-1 text-sm text-muted text-pretty">
        {letters
          ? 'They rest while you type. Letters can be switched off under '
          : 'Letters and signs are switched off as keys. Switch them on under '}
        <Link
          to="/settings/appearance"
          onClick={closeKeyHelp}
          className="font-medium text-accent-text hover:underline"
        >
          Settings, Appearance
        </Link>
        .
      </p>
      <div ref={list} tabIndex={-1} className="mt-5 grid outline-none gap-x-10 gap-y-6 sm:grid-cols-2">
        {letters && (
          <div className="space-y-6">
            <Section title="Go to">
              {[...places, ...OWN_PLACES].map(({ to, name, key }) => (
                <Line key={to} name={name} keys={['g', key]} />
              ))}
            </Section>
          </div>
        )}
        <div className="space-y-6">
          <Section title="Everywhere">
            <Line name="Search and commands" keys={SEARCH_KEYS} />
          </Section>
          {letters && (
            <Section title="On pages">
              <Line name="Next, previous row" keys={['j', 'k']} />
              <Line name="Select a row" keys={['x']} />
              <Line name="A button with a letter on it" keys={['a']} />
              <Line name="This help" keys={['?']} />
            </Section>
          )}
          <section>
            <h3 className="mb-1 text-sm font-medium text-muted">Inbox</h3>
            <InboxKeys />
          </section>
        </div>
      </div>
    </Dialog>
  )
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h3 className="mb-1 text-sm font-medium text-muted">{title}</h3>
    <dl>{children}</dl>
  </section>
)

const Line = ({ name, keys }: { name: string; keys: readonly string[] }) => (
  <div className="flex min-h-8 flex-row-reverse items-center justify-between gap-4 text-sm">
    <dt className="flex gap-1">
      {keys.map(key => (
        <kbd
          key={key}
          className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm bg-pressed px-1 font-sans text-[11px] font-medium text-muted"
        >
          {key}
        </kbd>
      ))}
    </dt>
    <dd>{name}</dd>
  </div>
)
