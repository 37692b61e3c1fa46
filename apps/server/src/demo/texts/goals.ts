/** What people of the demo set out to do, and what they say on the way. */

/** By department or directorate; whoever is in none of them takes from `anywhere`. */
export const GOAL_IDEAS: Readonly<Record<string, readonly string[]>> = {
  customer: [
    'Answer nine of ten tickets within four hours',
    'Write the ten most asked-for help articles',
    'Cut reopened tickets by a third',
    'Complete the advanced troubleshooting course',
    'Visit five key customers on site',
    'Set up a callback service for outages',
    'Improve the satisfaction score to 4.6',
    'Train two colleagues as second-level support',
    'Review all contracts that end this year',
    'Shorten onboarding of new customers to ten days',
  ],
  ground: [
    'Bring antenna 7 back to full gain',
    'Document the emergency procedures of the teleport',
    'Halve the time to repair in the northern region',
    'Replace all ageing amplifiers at the main site',
    'Pass the safety certification',
    'Map spare parts across the depots',
    'Calibrate every tracking system before the rains',
    'Run two blackout exercises with the night shift',
  ],
  platform: [
    'Move the provisioning service to the new platform',
    'Bring automatic test coverage to 80 %',
    'Halve the time a deployment takes',
    'Publish a dashboard of link quality',
    'Retire the old billing interface',
    'Write runbooks for the five noisiest alerts',
    'Make traffic forecasts available each morning',
    'Learn the new modelling tools and teach the team',
  ],
  finance: [
    'Close the books within five working days',
    'Renegotiate the three largest supplier contracts',
    'Digitise the approval of travel expenses',
    'Prepare the audit without open findings',
    'Pay every correct invoice within twenty days',
    'Show each department its costs by the third of the month',
  ],
  people: [
    'Introduce structured interviews in every department',
    'Launch the mentoring programme',
    'Bring the learning catalogue up to date',
    'Measure engagement twice and share what was learnt',
    'Call every applicant back within a week',
    'Write down for each role what comes after it',
  ],
  corporate: [
    'Move every laptop to the new system',
    'Halve the number of passwords that a colleague needs',
    'Bring purchasing and payments into one approval',
    'Answer nine of ten internal requests on the same day',
    'Practise the restart of all internal systems',
  ],
  anywhere: [
    'Agree on priorities with every direct report',
    'Present the yearly plan to the whole organisation',
    'Hold a monthly open hour for all staff',
    'Find a deputy and prepare them',
  ],
}

/** What the whole organisation set out to do, and how far it is. */
export const ORGANISATION_GOALS = [
  {
    title: 'Keep every customer connected 99.95 % of the time',
    description: 'Counted per customer and month, planned maintenance included.',
    percent: 80,
  },
  {
    title: 'Win fifty new enterprise customers',
    description: 'New contracts of a year or longer, in every region we serve.',
    percent: 65,
  },
  {
    title: 'Be the place where engineers want to work',
    description: 'Fewer than one in twenty leave, and every open role is filled within sixty days.',
    percent: 55,
  },
] as const

export const DESCRIPTIONS: readonly string[] = [
  'What success looks like: the figure holds for a full month, and the team can keep it without me.',
  'Agreed in our last one-to-one. I will share progress at the end of every month.',
  'Part of what the department promised for this year. Needs about a day a week.',
  'Smaller than it sounds: most of the groundwork was done last quarter.',
]

export const PROGRESS_NOTES: readonly string[] = [
  'Plan agreed with the team, first part under way.',
  'Halfway. The supplier was late, but we are back on track.',
  'The hard part is behind us.',
  'Only the hand-over is left.',
]

export const REJECTIONS: readonly string[] = [
  'Please name a figure, so that we both know when it is reached.',
  'This is too much for one quarter. Could you split it in two?',
]

export const DECLINES: readonly string[] = [
  'I am fully booked with the migration until the end of the month. Can we start it next quarter?',
]

export const DISCARDS: readonly string[] = ['Overtaken by the new contract; nothing left to do here.']
