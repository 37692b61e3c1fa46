/** What the search over everything offers: places and deeds, which are known here, and things that the server finds. */
import type { GoalPage, InitiativePage, UserPage } from '@pms/contract'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  ClipboardCheck,
  ContactRound,
  Keyboard,
  type LucideIcon,
  Megaphone,
  Plus,
  Rocket,
  Target,
  UserPlus,
} from 'lucide-react'
import { useDeferredValue } from 'react'
import { useMe } from '../api/browser-session.ts'
import { get } from '../api/client.ts'
import { openKeyHelp } from './help.ts'
import { OWN_PLACES, type Place, usePlaces } from './places.ts'

/** Something that can be gone to or done. */
export interface Finding {
  id: string
  label: string
  /** What else tells it from others of the same name. */
  note?: string
  icon: LucideIcon
  act(): void
}

export interface Findings {
  title: string
  items: Finding[]
}

/** So many of each kind are shown. */
const MOST = 5
/** A single letter finds too much to be of use. */
const SHORTEST = 2

type Me = ReturnType<typeof useMe>

interface Deed {
  label: string
  to: string
  icon: LucideIcon
  isFor?: (me: Me) => boolean
}

const DEEDS: readonly Deed[] = [
  { label: 'New goal', to: '/goals/new', icon: Plus },
  { label: 'New initiative', to: '/initiatives/new', icon: Plus },
  { label: 'Assign a goal', to: '/goals/assign', icon: Target, isFor: me => me.has_team },
  { label: 'Assign an initiative', to: '/initiatives/assign', icon: Rocket, isFor: me => me.has_team },
  {
    label: 'New announcement',
    to: '/announcements/new',
    icon: Megaphone,
    isFor: me => me.permissions.includes('announcements.publish'),
  },
  {
    label: 'New review cycle',
    to: '/reviews/cycles/new',
    icon: ClipboardCheck,
    isFor: me => me.permissions.includes('reviews.manage'),
  },
  {
    label: 'Add a person',
    to: '/people/new',
    icon: UserPlus,
    isFor: me => me.permissions.includes('users.manage'),
  },
]

/** @returns what matches, by kind; `isBusy` while the server is still looking */
export function useFindings(text: string): { groups: Findings[]; isBusy: boolean } {
  const me = useMe()
  const navigate = useNavigate()
  const places = usePlaces()
  const wanted = text.trim()
  const search = useDeferredValue(wanted)
  const people = useQuery(finding<UserPage>('user', '/api/users', search))
  const goals = useQuery(finding<GoalPage>('goal', '/api/goals', search))
  const initiatives = useQuery(finding<InitiativePage>('initiative', '/api/initiatives', search))

  const go = (href: string) => () => void navigate({ href })
  const place = ({ to, name, icon }: Place): Finding => ({ id: to, label: name, icon, act: go(to) })
  const deeds = DEEDS.filter(({ isFor }) => isFor?.(me) ?? true)
  const known: Findings[] = [
    { title: 'Go to', items: [...places, ...OWN_PLACES].map(place) },
    {
      title: 'Do',
      items: [
        ...deeds.map(({ label, to, icon }) => ({ id: to, label, icon, act: go(to) })),
        { id: 'keys', label: 'Keyboard shortcuts', icon: Keyboard, act: openKeyHelp },
      ],
    },
  ]
  const found: Findings[] = [
    {
      title: 'People',
      items: (people.data?.items ?? []).map(({ id, name, job_title }) => ({
        ...{ id, label: name, note: job_title, icon: ContactRound },
        act: go(`/people/${id}`),
      })),
    },
    {
      title: 'Goals',
      items: (goals.data?.items ?? []).map(({ id, title, owner }) => ({
        ...{ id, label: title, note: owner.name, icon: Target },
        act: go(`/goals/${id}`),
      })),
    },
    {
      title: 'Initiatives',
      items: (initiatives.data?.items ?? []).map(({ id, title }) => ({
        ...{ id, label: title, icon: Rocket },
        act: go(`/initiatives/${id}`),
      })),
    },
  ]
  const isBusy = search !== wanted || [people, goals, initiatives].some(({ isFetching }) => isFetching)
  // While the server looks, what it found for what stood there before is shown as far as it matches.
  const groups =
    wanted.length < SHORTEST
      ? narrowed(known, wanted)
      : [...narrowed(known, wanted), ...(isBusy ? narrowed(found, wanted) : found)]
  return { groups: groups.filter(({ items }) => items.length > 0), isBusy }
}

function narrowed(groups: readonly Findings[], text: string): Findings[] {
  const part = text.toLowerCase()
  const matches = ({ label, note = '' }: Finding) => `${label} ${note}`.toLowerCase().includes(part)
  return groups.map(({ title, items }) => ({ title, items: items.filter(matches) }))
}

const finding = <Page>(kind: string, path: string, search: string) =>
  queryOptions({
    queryKey: [kind, 'search', search],
    queryFn: ({ signal }) => get<Page>(path, { query: { search, limit: MOST }, signal }),
    enabled: search.length >= SHORTEST,
    placeholderData: keepPreviousData,
  })
