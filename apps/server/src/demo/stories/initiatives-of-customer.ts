/** Pieces of work in Customer Experience that go on now, whatever the day. */
import type { Current } from './initiatives-lately.ts'

export const CUSTOMER_INITIATIVES: readonly Current[] = [
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
          days: 24,
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
      [100, 'mei.tanaka', { verb: 'submit', report: 'Ten faults taught, eight tested with real questions.' }],
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
          days: 18,
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
]
