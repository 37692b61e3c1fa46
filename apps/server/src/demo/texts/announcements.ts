/** The announcements of the demo's year. */
import type { Role } from '@pms/contract'
import type { Priority } from '@pms/protocol'

export interface AnnouncementText {
  title: string
  body: string
  priority: Priority
  /** That unit and all below it; everyone, if neither this nor a role is given. */
  unit?: string
  role?: Role
  requires_acknowledgement?: boolean
}

interface Announced extends AnnouncementText {
  hoursAgo: number
  /** Account of who publishes it. */
  who: string
  isDraft?: boolean
}

export const ANNOUNCEMENTS: readonly Announced[] = [
  {
    hoursAgo: 6_700,
    who: 'hr',
    title: 'Goals and reviews have a new home',
    body: 'From today on goals, initiatives and reviews live here. Nothing is sent by spreadsheet any more. Tunde and Isabel help in the first weeks: room 2.14, or call.',
    priority: 'medium',
  },
  {
    hoursAgo: 5_200,
    who: 'hr',
    title: 'New rules for business travel',
    body: 'Trips below two nights need no approval any more; all others are approved by your supervisor. Please read the rules and confirm that you have.',
    priority: 'high',
    requires_acknowledgement: true,
  },
  {
    hoursAgo: 4_100,
    who: 'admin',
    title: 'Storm warning for the coast',
    body: 'Winds above 100 km/h are expected tonight. The coast station is manned by two, antennas are parked from six in the evening. Nobody climbs.',
    priority: 'urgent',
    unit: 'operations',
    requires_acknowledgement: true,
  },
  {
    hoursAgo: 3_300,
    who: 'hr',
    title: 'Results of the engagement survey',
    body: 'Eighty-seven of a hundred took part. Three things will change because of it: earlier rotas, a quiet room at every site, and a mentor for everybody who joins.',
    priority: 'medium',
  },
  {
    hoursAgo: 2_300,
    who: 'admin',
    title: 'Laptops get a new version of the system',
    body: 'It installs itself at noon on the day that your calendar shows. Keep the laptop plugged in; it takes about forty minutes.',
    priority: 'low',
  },
  {
    hoursAgo: 1_450,
    who: 'hr',
    title: 'Fire drill at all sites',
    body: 'Sometime next week, without further notice. Meeting points are on the back of every door. Please confirm that you know yours.',
    priority: 'medium',
    requires_acknowledgement: true,
  },
  {
    hoursAgo: 700,
    who: 'noah.levy',
    title: 'Salary review: the calendar for HR',
    body: 'Proposals by the tenth, the round with the directors on the seventeenth, letters on the last working day.',
    priority: 'medium',
    role: 'hr',
  },
  {
    hoursAgo: 225,
    who: 'hr',
    title: 'The review round has begun',
    body: 'Everybody writes about themselves, and supervisors about their people. Peers stay unnamed. It takes about half an hour each; a draft is kept as you type.',
    priority: 'medium',
  },
  {
    hoursAgo: 62,
    who: 'admin',
    title: 'Passwords: three short rules',
    body: 'Longer rather than stranger, one for each place, never by message. Please confirm that you have read this.',
    priority: 'high',
    requires_acknowledgement: true,
  },
  {
    hoursAgo: 37,
    who: 'hr',
    title: 'Code of conduct, new edition',
    body: 'New are the pages on gifts and on what we say in public. Please read it before the end of the month and confirm.',
    priority: 'high',
    requires_acknowledgement: true,
  },
  {
    hoursAgo: 15,
    who: 'admin',
    title: 'Planned works on Sunday night',
    body: 'Between one and three the customer portal answers slowly, and the ticket system is read only. Phones are not touched.',
    priority: 'medium',
    unit: 'operations',
  },
  {
    hoursAgo: 4,
    who: 'noah.levy',
    title: 'Running group on Thursdays',
    body: 'Five easy kilometres along the river, half past five at the gate. Everybody is welcome, nobody is timed.',
    priority: 'low',
  },
  {
    hoursAgo: 28,
    who: 'hr',
    isDraft: true,
    title: 'Summer party: save the date',
    body: 'Families are invited. The place is still to be confirmed with the yacht club.',
    priority: 'low',
  },
]
