/**
 * Pieces of work that go on now, in every state there is. None is due today or tomorrow: nothing falls due by itself
 * while somebody tries the demo for the first time.
 */
import type { Urgency } from '@pms/contract'
import { dayFromNow, hoursAgo, type Present } from '../times.ts'
import { SHARED_GOALS } from './goals.ts'
import type { InitiativeEvent, InitiativeStep } from './initiatives.ts'

type Telling = readonly [hoursAgo: number, who: string, step: Exclude<InitiativeStep, { title: string }>]

interface Current {
  title: string
  description: string
  urgency: Urgency
  /** Days from now. */
  due: number
  /** The first answers for it. */
  team: readonly [string, ...string[]]
  /** Who gives it to them; themselves, if left out: a proposal. */
  by?: string
  hoursAgo: number
  serves?: number
  steps?: readonly Telling[]
}

export function tellInitiativesLately(present: Present): InitiativeEvent[] {
  return currents(present).flatMap(
    ({ due, team, by, hoursAgo: began, serves, steps = [], ...opening }, index) => {
      const told = { about: 'initiative', initiative: `initiative of late ${index}` } as const
      const details = {
        ...opening,
        type: team.length > 1 ? 'GROUP' : 'INDIVIDUAL',
        due_date: dayFromNow(present, due),
        team,
        serves: serves === undefined ? null : (SHARED_GOALS[serves] ?? null),
      } as const
      return [
        {
          ...told,
          at: hoursAgo(present, began),
          who: by ?? team[0],
          step: { verb: by === undefined ? 'propose' : 'assign', ...details },
        },
        ...steps.map(([hours, who, step]) => ({ ...told, at: hoursAgo(present, hours), who, step })),
      ]
    },
  )
}

function currents(present: Present): readonly Current[] {
  const inDays = (days: number) => dayFromNow(present, days)
  return [
    {
      title: 'Write answers to the twenty most asked questions',
      description: 'Short enough to read aloud. The list of questions is in the ticket system.',
      urgency: 'MEDIUM',
      due: 16,
      team: ['john.doe'],
      by: 'jane.smith',
      hoursAgo: 410,
      serves: 1,
      steps: [
        [400, 'john.doe', { verb: 'start' }],
        [
          72,
          'john.doe',
          {
            verb: 'request_extension',
            new_due_date: inDays(24),
            reason: 'Seven answers need numbers from finance, which closes its books first.',
          },
        ],
        [29, 'jane.smith', { verb: 'approve_extension' }],
      ],
    },
    {
      title: 'Remove duplicate customer records',
      description: 'About three hundred pairs. Where two records disagree, ask the account manager.',
      urgency: 'HIGH',
      due: -1,
      team: ['john.doe'],
      by: 'jane.smith',
      hoursAgo: 500,
      steps: [[480, 'john.doe', { verb: 'start' }]],
    },
    {
      title: 'Prepare the visit of the port authority',
      description: 'They want to see how we answer an outage. Book the room and a working link.',
      urgency: 'URGENT',
      due: 6,
      team: ['john.doe'],
      by: 'jane.smith',
      hoursAgo: 5,
    },
    {
      title: 'Shorten the form for new faults',
      description: 'Twenty-two fields, of which nobody reads nine.',
      urgency: 'LOW',
      due: 5,
      team: ['john.doe'],
      hoursAgo: 640,
      steps: [
        [616, 'jane.smith', { verb: 'approve' }],
        [610, 'john.doe', { verb: 'start' }],
        [
          76,
          'john.doe',
          {
            verb: 'submit',
            report:
              'Eleven fields are left. A fault is entered in two minutes instead of five; both desks have tried it.',
          },
        ],
        [
          21,
          'jane.smith',
          { verb: 'review', score: 9, feedback: 'Simple and used from the first day. Well done.' },
        ],
      ],
    },
    {
      title: 'Move both support desks onto one phone system',
      description: 'One number, one queue. The old system is switched off when a full week went well.',
      urgency: 'HIGH',
      due: 26,
      team: ['jane.smith', 'john.doe', 'mei.tanaka', 'olivia.brown'],
      by: 'mary.okafor',
      hoursAgo: 300,
      serves: 0,
      steps: [[280, 'jane.smith', { verb: 'start' }]],
    },
    {
      title: 'Measure how long callers wait in the first week of the month',
      description: 'By hour and by desk, for four weeks.',
      urgency: 'MEDIUM',
      due: 7,
      team: ['lucas.silva'],
      by: 'jane.smith',
      hoursAgo: 560,
      steps: [
        [540, 'lucas.silva', { verb: 'start' }],
        [
          16,
          'lucas.silva',
          {
            verb: 'submit',
            report:
              'Six minutes on average, eleven on Monday mornings. Two more people from eight to ten would halve it.',
          },
        ],
      ],
    },
    {
      title: 'Teach the chat assistant the ten commonest faults',
      description: 'Only where the first answer is safe to give without a person.',
      urgency: 'MEDIUM',
      due: 9,
      team: ['mei.tanaka'],
      by: 'jane.smith',
      hoursAgo: 520,
      steps: [
        [500, 'mei.tanaka', { verb: 'start' }],
        [
          100,
          'mei.tanaka',
          { verb: 'submit', report: 'Ten faults taught, eight tested with real questions.' },
        ],
        [
          50,
          'jane.smith',
          {
            verb: 'return',
            feedback: 'Very good so far. Please test the last two as well, and show me the questions.',
          },
        ],
      ],
    },
    {
      title: 'Collect the stories of five loyal customers',
      description: 'For the website. Photos, two hundred words each, and their consent in writing.',
      urgency: 'LOW',
      due: 4,
      team: ['amara.obi'],
      by: 'jane.smith',
      hoursAgo: 600,
      serves: 1,
      steps: [
        [590, 'amara.obi', { verb: 'start' }],
        [
          19,
          'amara.obi',
          {
            verb: 'request_extension',
            new_due_date: inDays(18),
            reason: 'Four are done; the ferry company can only be photographed when the new ship is in port.',
          },
        ],
      ],
    },
    {
      title: 'A trial with self-service renewals',
      description: 'Thirty small contracts renew by a link instead of a call, and we see who needs help.',
      urgency: 'MEDIUM',
      due: 40,
      team: ['olivia.brown', 'ibrahim.musa'],
      hoursAgo: 11,
      serves: 1,
    },
    {
      title: 'Host a lunch for all maritime customers',
      description: 'Thirty guests on the terrace, with a tour of the control room.',
      urgency: 'LOW',
      due: 30,
      team: ['ibrahim.musa'],
      hoursAgo: 130,
      steps: [
        [
          54,
          'jane.smith',
          {
            verb: 'reject',
            reason: 'Lovely, but not in the weeks of the desk merger. Please pick a date after it.',
          },
        ],
      ],
    },
    {
      title: 'Welcome pack for new customers',
      description: 'One box, one sheet of paper, no manual.',
      urgency: 'LOW',
      due: 20,
      team: ['sofia.rossi'],
      by: 'jane.smith',
      hoursAgo: 75,
    },
    {
      title: 'Shift plan for the rainy season',
      description: 'Two people more on every night from the first storm warning on.',
      urgency: 'HIGH',
      due: 8,
      team: ['jane.smith'],
      by: 'mary.okafor',
      hoursAgo: 450,
      steps: [
        [430, 'jane.smith', { verb: 'start' }],
        [
          14,
          'jane.smith',
          {
            verb: 'submit',
            report: 'Every night is covered until the end of the season, with two volunteers on call.',
          },
        ],
      ],
    },
    {
      title: 'Try calling back instead of holding the line',
      description:
        'Four weeks on one desk. Who waits longer than three minutes is offered a call within the hour.',
      urgency: 'MEDIUM',
      due: 45,
      team: ['jane.smith'],
      hoursAgo: 8,
      serves: 0,
    },
    {
      title: 'A second supplier for outdoor units',
      description: 'One factory makes all of ours. Three candidates, samples from each.',
      urgency: 'HIGH',
      due: 19,
      team: ['mary.okafor'],
      by: 'grace.adeyemi',
      hoursAgo: 350,
      serves: 0,
      steps: [[330, 'mary.okafor', { verb: 'start' }]],
    },
    {
      // Sent to Samuel before his leave: it waits for whoever stands in for him.
      title: 'Inventory of all field tools',
      description: 'By van and by crew, with what has to be calibrated.',
      urgency: 'MEDIUM',
      due: 10,
      team: ['chidi.nwosu'],
      by: 'samuel.eze',
      hoursAgo: 480,
      steps: [
        [470, 'chidi.nwosu', { verb: 'start' }],
        [
          80,
          'chidi.nwosu',
          {
            verb: 'submit',
            report: 'Nine vans, 412 tools. Fourteen meters go to calibration, two are missing.',
          },
        ],
      ],
    },
    {
      title: 'Shade for the amplifiers on the roof',
      description: 'They reach 61 degrees in the afternoon. A sail would do.',
      urgency: 'MEDIUM',
      due: 12,
      team: ['fatima.bello'],
      by: 'peter.johansen',
      hoursAgo: 420,
      steps: [
        [400, 'fatima.bello', { verb: 'start' }],
        [
          60,
          'fatima.bello',
          {
            verb: 'request_extension',
            new_due_date: inDays(30),
            reason: 'The sailmaker can only measure after the holidays.',
          },
        ],
        [
          35,
          'peter.johansen',
          {
            verb: 'deny_extension',
            reason: 'The hot weeks begin before that. Please take the second offer.',
          },
        ],
      ],
    },
    {
      title: 'Map all cables of the old building',
      description: 'Before the walls are opened in the spring.',
      urgency: 'HIGH',
      due: -4,
      team: ['ben.carter', 'zainab.yusuf'],
      by: 'chidi.nwosu',
      hoursAgo: 530,
    },
    {
      title: 'Move the status page out of our own network',
      description: 'When we are down, it is down too.',
      urgency: 'URGENT',
      due: 13,
      team: ['yusuf.demir'],
      by: 'anna.schmidt',
      hoursAgo: 200,
      serves: 0,
      steps: [[190, 'yusuf.demir', { verb: 'start' }]],
    },
    {
      title: 'Ask everybody who left in the last two years what would bring them back',
      description: 'Ten minutes by phone each. Forty people, and Noah has the list.',
      urgency: 'MEDIUM',
      due: 34,
      team: ['tunde.bakare'],
      hoursAgo: 25,
      serves: 2,
    },
    {
      title: 'Catalogue of courses for the coming year',
      description: 'What every team asked for, with dates and prices.',
      urgency: 'MEDIUM',
      due: 14,
      team: ['isabel.garcia'],
      by: 'hr',
      hoursAgo: 380,
      steps: [
        [370, 'isabel.garcia', { verb: 'start' }],
        [
          18,
          'isabel.garcia',
          {
            verb: 'submit',
            report: 'Thirty-one courses, all within the budget. Four are given by our own people.',
          },
        ],
      ],
    },
    {
      title: 'One page about parental leave',
      description: 'What applies, whom to ask, what to do first.',
      urgency: 'LOW',
      due: 21,
      team: ['hr'],
      by: 'leila.haddad',
      hoursAgo: 160,
      steps: [[140, 'hr', { verb: 'start' }]],
    },
    {
      title: 'Renew the certificates of all gateways',
      description: 'Eleven of them. Two end within the month.',
      urgency: 'URGENT',
      due: 9,
      team: ['admin'],
      by: 'leila.haddad',
      hoursAgo: 240,
      serves: 0,
      steps: [[230, 'admin', { verb: 'start' }]],
    },
    {
      title: 'Retire the old file server',
      description: 'Nobody has written to it since spring. Keep a copy, switch it off.',
      urgency: 'LOW',
      due: 28,
      team: ['admin'],
      hoursAgo: 120,
      steps: [[26, 'leila.haddad', { verb: 'approve' }]],
    },
  ]
}
