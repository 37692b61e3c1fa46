/** The people of the demo: an imaginary operator of communication satellites, in four levels. */
import type { Role, UnitKind } from '@pms/contract'
import { DAY, type Present } from './times.ts'

export interface DemoUnit {
  key: string
  name: string
  kind: UnitKind
  parent: string | null
}

export const DEMO_UNITS: readonly DemoUnit[] = [
  { key: 'meridian', name: 'Meridian Satellite', kind: 'global', parent: null },

  { key: 'operations', name: 'Operations', kind: 'directorate', parent: 'meridian' },
  { key: 'technology', name: 'Technology', kind: 'directorate', parent: 'meridian' },
  { key: 'corporate', name: 'Corporate Services', kind: 'directorate', parent: 'meridian' },

  { key: 'customer', name: 'Customer Experience', kind: 'department', parent: 'operations' },
  { key: 'ground', name: 'Ground Segment', kind: 'department', parent: 'operations' },
  { key: 'platform', name: 'Platform Engineering', kind: 'department', parent: 'technology' },
  { key: 'finance', name: 'Finance', kind: 'department', parent: 'corporate' },
  { key: 'people', name: 'People and Culture', kind: 'department', parent: 'corporate' },

  { key: 'support', name: 'Customer Support', kind: 'unit', parent: 'customer' },
  { key: 'success', name: 'Key Accounts', kind: 'unit', parent: 'customer' },
  { key: 'teleport', name: 'Teleport', kind: 'unit', parent: 'ground' },
  { key: 'field', name: 'Field Service', kind: 'unit', parent: 'ground' },
  { key: 'network', name: 'Network Software', kind: 'unit', parent: 'platform' },
  { key: 'data', name: 'Data and Analytics', kind: 'unit', parent: 'platform' },
  { key: 'accounting', name: 'Accounting', kind: 'unit', parent: 'finance' },
  { key: 'talent', name: 'Talent', kind: 'unit', parent: 'people' },
]

export interface DemoPerson {
  /** The part of the email before the @. */
  account: string
  name: string
  job: string
  unit: string
  /** Account of the supervisor; null at the top. */
  reportsTo: string | null
  /** As they began; some are given another later on. */
  role: Role
}

type Row = [account: string, name: string, job: string, unit: string, reportsTo: string | null]

const ROWS: readonly Row[] = [
  ['grace.adeyemi', 'Grace Adeyemi', 'Managing Director', 'meridian', null],

  ['mary.okafor', 'Mary Okafor', 'Director of Operations', 'operations', 'grace.adeyemi'],
  ['tomas.novak', 'Tomáš Novák', 'Director of Technology', 'technology', 'grace.adeyemi'],
  ['leila.haddad', 'Leila Haddad', 'Director of Corporate Services', 'corporate', 'grace.adeyemi'],

  ['jane.smith', 'Jane Smith', 'Head of Customer Experience', 'customer', 'mary.okafor'],
  ['samuel.eze', 'Samuel Eze', 'Head of Ground Segment', 'ground', 'mary.okafor'],
  ['priya.nair', 'Priya Nair', 'Head of Platform Engineering', 'platform', 'tomas.novak'],
  ['david.mensah', 'David Mensah', 'Head of Finance', 'finance', 'leila.haddad'],
  ['hr', 'Hannah Reyes', 'Head of People and Culture', 'people', 'leila.haddad'],

  ['john.doe', 'John Doe', 'Support Specialist', 'support', 'jane.smith'],
  ['amara.obi', 'Amara Obi', 'Support Specialist', 'support', 'jane.smith'],
  ['lucas.silva', 'Lucas Silva', 'Support Engineer', 'support', 'jane.smith'],
  ['mei.tanaka', 'Mei Tanaka', 'Support Engineer', 'support', 'jane.smith'],
  ['olivia.brown', 'Olivia Brown', 'Key Account Manager', 'success', 'jane.smith'],
  ['ibrahim.musa', 'Ibrahim Musa', 'Key Account Manager', 'success', 'jane.smith'],
  ['sofia.rossi', 'Sofia Rossi', 'Onboarding Specialist', 'success', 'jane.smith'],

  ['peter.johansen', 'Peter Johansen', 'Teleport Supervisor', 'teleport', 'samuel.eze'],
  ['chidi.nwosu', 'Chidi Nwosu', 'Field Service Supervisor', 'field', 'samuel.eze'],
  ['fatima.bello', 'Fatima Bello', 'Antenna Technician', 'teleport', 'peter.johansen'],
  ['marek.kowalski', 'Marek Kowalski', 'Antenna Technician', 'teleport', 'peter.johansen'],
  ['aisha.rahman', 'Aisha Rahman', 'RF Engineer', 'teleport', 'peter.johansen'],
  ['ben.carter', 'Ben Carter', 'Field Engineer', 'field', 'chidi.nwosu'],
  ['zainab.yusuf', 'Zainab Yusuf', 'Field Engineer', 'field', 'chidi.nwosu'],
  ['diego.morales', 'Diego Morales', 'Field Engineer', 'field', 'chidi.nwosu'],

  ['anna.schmidt', 'Anna Schmidt', 'Team Lead, Network Software', 'network', 'priya.nair'],
  ['kwame.boateng', 'Kwame Boateng', 'Team Lead, Data', 'data', 'priya.nair'],
  ['yusuf.demir', 'Yusuf Demir', 'Software Engineer', 'network', 'anna.schmidt'],
  ['emma.wilson', 'Emma Wilson', 'Software Engineer', 'network', 'anna.schmidt'],
  ['arjun.patel', 'Arjun Patel', 'Software Engineer', 'network', 'anna.schmidt'],
  ['nina.petrova', 'Nina Petrova', 'Data Engineer', 'data', 'kwame.boateng'],
  ['carlos.mendes', 'Carlos Mendes', 'Data Analyst', 'data', 'kwame.boateng'],

  ['ruth.adams', 'Ruth Adams', 'Senior Accountant', 'accounting', 'david.mensah'],
  ['henry.osei', 'Henry Osei', 'Accountant', 'accounting', 'david.mensah'],
  ['clara.dubois', 'Clara Dubois', 'Procurement Officer', 'accounting', 'david.mensah'],

  ['tunde.bakare', 'Tunde Bakare', 'Talent Partner', 'talent', 'hr'],
  ['isabel.garcia', 'Isabel García', 'Learning Partner', 'talent', 'hr'],
  ['noah.levy', 'Noah Levy', 'People Analyst', 'talent', 'hr'],
  ['admin', 'Amir Farouk', 'Systems Administrator', 'corporate', 'leila.haddad'],
]

const ROLES: Readonly<Record<string, Role>> = { hr: 'hr', admin: 'super_admin' }

const personOf = ([account, name, job, unit, reportsTo]: Row): DemoPerson => ({
  account,
  name,
  job,
  unit,
  reportsTo,
  role: ROLES[account] ?? 'staff',
})

/** Those who were there all the year. */
export const DEMO_PEOPLE: readonly DemoPerson[] = ROWS.map(personOf)

/** Was there when the year began, and left soon after. */
export const LEAVER = personOf(['viktor.lind', 'Viktor Lind', 'Field Engineer', 'field', 'chidi.nwosu'])

/** Came in the last days; of these two the second has not signed in yet. */
export const JOINERS = {
  kofi: personOf(['kofi.asante', 'Kofi Asante', 'Support Specialist', 'support', 'jane.smith']),
  lena: personOf(['lena.fischer', 'Lena Fischer', 'Learning Coordinator', 'talent', 'hr']),
} as const

/** Since how many days they are on leave. */
export const AWAY: Readonly<Record<string, number>> = { 'marek.kowalski': 64, 'samuel.eze': 3 }

/** Whether somebody is on leave at a moment of the story. */
export function isAway(account: string, at: Date, { now }: Present): boolean {
  const days = AWAY[account]
  return days !== undefined && at.getTime() >= now.getTime() - days * DAY
}

/** A unit and those above it, the nearest first. */
export function unitLine(unit: string): string[] {
  const line: string[] = []
  for (let key: string | null = unit; key !== null; ) {
    line.push(key)
    key = DEMO_UNITS.find(each => each.key === key)?.parent ?? null
  }
  return line
}

/** Accounts of those above somebody, the nearest first. */
export function bossesOf(account: string): string[] {
  const boss = DEMO_PEOPLE.find(person => person.account === account)?.reportsTo ?? null
  return boss === null ? [] : [boss, ...bossesOf(boss)]
}
