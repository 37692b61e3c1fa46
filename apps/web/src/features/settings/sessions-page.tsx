/** What I sign in with, and where I am signed in; out with what is not me. */
import type { Session } from '@pms/contract'
import { useQuery } from '@tanstack/react-query'
import { Laptop, Smartphone, Terminal } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../../api/problem.ts'
import { deviceOf } from '../../shared/devices.ts'
import { Button } from '../../ui/button.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Failed, Notice } from '../../ui/messages.tsx'
import { Pill } from '../../ui/pill.tsx'
import { Ago } from '../../ui/time.tsx'
import { counted } from '../../ui/words.ts'
import { OwnData } from './own-data.tsx'
import { PasswordSection } from './password-section.tsx'
import { Section, SettingsBody } from './section.tsx'
import { sessionsQuery, useEndSession } from './sessions.ts'
import { SettingsHead } from './settings-head.tsx'

export function SessionSettings() {
  const { data, error, refetch } = useQuery(sessionsQuery)
  const end = useEndSession()
  const [asking, setAsking] = useState(false)
  const others = data?.items.filter(({ current }) => !current).length ?? 0
  return (
    <>
      <SettingsHead current="Security" />
      <SettingsBody>
        <PasswordSection />
        <Section
          title="Where you are signed in"
          lead="If you do not recognise one, sign out there and tell your administrator."
          action={
            others > 0 && (
              <Button onClick={() => setAsking(true)} className="shrink-0">
                Sign out everywhere else
              </Button>
            )
          }
        >
          {end.error && <Notice className="mb-3">{sentenceOf(end.error)}</Notice>}
          {data ? (
            <ul className="divide-y divide-line border-y border-line">
              {data.items.map(session => (
                <Row
                  key={session.id}
                  session={session}
                  busy={end.isPending && end.variables === session.id}
                  onEnd={() => end.mutate(session.id)}
                />
              ))}
            </ul>
          ) : error ? (
            <Failed error={error} retry={() => void refetch()} />
          ) : (
            <div role="status" className="late space-y-4">
              <span className="sr-only">Loading the sessions</span>
              <div className="skeleton h-12" />
              <div className="skeleton h-12" />
            </div>
          )}
        </Section>
        <OwnData />
      </SettingsBody>
      {asking && (
        <DialogForm
          title="Sign out everywhere else?"
          description={`You are signed out on ${counted(others, 'other device')} at once. You stay signed in here.`}
          confirm="Sign out there"
          onConfirm={() => end.mutateAsync(null)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

const ICONS = { phone: Smartphone, computer: Laptop, program: Terminal } as const

interface RowProps {
  session: Session
  busy: boolean
  onEnd: () => void
}

function Row({ session: { user_agent, created_at, last_used_at, current }, busy, onEnd }: RowProps) {
  const { name, kind } = deviceOf(user_agent)
  const Icon = ICONS[kind]
  return (
    <li className="flex min-h-16 items-center gap-4 py-2.5">
      <Icon aria-hidden="true" className="size-5 shrink-0 text-muted" strokeWidth={1.5} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-base font-medium">
          <span className="truncate" title={user_agent ?? undefined}>
            {name}
          </span>
          {current && <Pill tone="done">This device</Pill>}
        </p>
        <p className="text-sm text-muted">
          Last used <Ago at={last_used_at} />
          <span className="max-sm:hidden">
            , signed in <Ago at={created_at} />
          </span>
        </p>
      </div>
      {!current && (
        <Button busy={busy} onClick={onEnd} aria-label={`Sign out of ${name}`}>
          Sign out
        </Button>
      )}
    </li>
  )
}
