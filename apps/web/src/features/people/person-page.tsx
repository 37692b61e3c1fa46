/** One person: who they are, whether they are there, and what can be done with their account. */
import type { UserProfile } from '@pms/contract'
import { useParams } from '@tanstack/react-router'
import { type ComponentType, useState } from 'react'
import { useMe } from '../../api/browser-session.ts'
import { useToday } from '../../api/info.ts'
import { Article, ArticleFacts, ArticleLine, ArticlePart, ArticleState } from '../../ui/article.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { PageHeading } from '../../ui/page.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ThingFrame } from '../../ui/thing-frame.tsx'
import { AccountHistory } from './account-history.tsx'
import { can } from './actions.ts'
import { OnboardingDialog } from './onboarding-dialog.tsx'
import { PersonFacts } from './person-facts.tsx'
import { PersonMenu } from './person-menu.tsx'
import { RenameButton } from './rename.tsx'
import { usePerson } from './use-person.ts'
import { absenceWords, ROLE_LABELS, STATUS_LABELS, STATUS_TONES } from './words.ts'

export const BACK = { to: '/people', label: 'People' } as const

/** The days on which somebody is away, which another feature keeps. */
export type Absences = ComponentType<{ person: UserProfile; canDelegate: boolean }>

/** What a person has in hand, which other features keep: a list each. */
export type Work = readonly ComponentType<{ personId: string }>[]

export function PersonPage({ absences, work }: { absences: Absences; work: Work }) {
  const { personId } = useParams({ from: '/app/people/$personId' })
  return <PersonById id={personId} absences={absences} work={work} key={personId} />
}

/** The signed-in person's own page. */
export function ProfilePage({ absences }: { absences: Absences }) {
  const me = useMe()
  return <PersonById id={me.id} absences={absences} isProfile />
}

interface Props {
  id: string
  absences: Absences
  work?: Work
  isProfile?: boolean
}

function PersonById({ id, absences: Absences, work = [], isProfile = false }: Props) {
  const today = useToday()
  const { person, partial, error, retry, act } = usePerson(id)
  return (
    <ThingFrame name="person" back={BACK} thing={person} error={error} retry={retry}>
      {person => (
        <Article>
          <ArticlePart>
            <ArticleLine
              menu={
                can(person, 'edit_own') ? (
                  <RenameButton person={person} act={act} />
                ) : (
                  <PersonMenu person={person} act={act} />
                )
              }
            >
              {isProfile ? 'Your profile' : ROLE_LABELS[person.role]}
            </ArticleLine>
            <Heading person={person} today={today} isProfile={isProfile} />
          </ArticlePart>
          <ArticleFacts>
            <PersonFacts person={person} today={today} loading={partial} />
          </ArticleFacts>
          <ArticlePart>
            {person.onboarded === false && can(person, 'renew_onboarding') && <NotYet person={person} />}
          </ArticlePart>
          {work.map(List => (
            <ArticlePart key={List.name}>
              <List personId={id} />
            </ArticlePart>
          ))}
          <ArticlePart>
            {!partial && person.status !== 'archived' && (
              <Absences person={person} canDelegate={can(person, 'delegate')} />
            )}
          </ArticlePart>
          <ArticlePart>{can(person, 'read_history') && <AccountHistory personId={person.id} />}</ArticlePart>
        </Article>
      )}
    </ThingFrame>
  )
}

function Heading({ person, today, isProfile }: { person: UserProfile; today: string; isProfile: boolean }) {
  const away = absenceWords(person, today)
  return (
    <div className="flex items-center gap-4">
      <Avatar name={person.name} size="xl" />
      <div className="min-w-0">
        <PageHeading title={isProfile ? 'Profile' : person.name} className="break-words text-2xl">
          {person.name}
        </PageHeading>
        <p className="text-base text-muted">{person.job_title || ROLE_LABELS[person.role]}</p>
        <ArticleState>
          <Pill tone={STATUS_TONES[person.status]}>{STATUS_LABELS[person.status]}</Pill>
          {away && <span>{away}</span>}
        </ArticleState>
      </div>
    </div>
  )
}

/** Somebody who has not come in yet. */
function NotYet({ person }: { person: UserProfile }) {
  const [asking, setAsking] = useState(false)
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg border border-line-strong px-4 py-3.5">
      <div className="min-w-0 text-sm">
        <p className="font-medium">{person.name} has not set a password yet</p>
        <p className="text-muted">If the link was lost or has run out, make another one.</p>
      </div>
      <Button onClick={() => setAsking(true)}>New onboarding link</Button>
      {asking && <OnboardingDialog person={person} onClose={() => setAsking(false)} />}
    </div>
  )
}
