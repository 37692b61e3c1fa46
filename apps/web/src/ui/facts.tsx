/** The plain facts of a thing, name and value. */
import type { ReactNode } from 'react'
import { longDay, shortDay } from './dates.ts'

export const Facts = ({ children }: { children: ReactNode }) => (
  <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-6 gap-y-2.5 text-sm">{children}</dl>
)

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0 tabular-nums">{children}</dd>
  </>
)

export const Day = ({ day, today }: { day: string; today: string }) => (
  <time dateTime={day} title={longDay(day)}>
    {shortDay(day, today)}
  </time>
)
