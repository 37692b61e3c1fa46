/** What is going on around the accounts that people try first, whatever the day: some of it waits for an answer. */

interface Opening {
  title: string
  description: string
}

type Step =
  | { after: number; by: string; verb: 'approve' | 'accept' | 'resubmit' }
  | { after: number; by: string; verb: 'reject' | 'decline'; reason: string }
  | { after: number; by: string; verb: 'progress'; percent: number; note: string }

interface Beginning {
  /** Hours before the demo was made; the steps after the opening count from there. */
  hoursAgo: number
  /** Account of who sets the goal; another than the owner assigns it. */
  who: string
  owner: string
  step: [Opening, ...Step[]]
}

export const LAST_DAYS: readonly Beginning[] = [
  {
    hoursAgo: 75,
    who: 'amara.obi',
    owner: 'amara.obi',
    step: [
      {
        title: 'Answer outage calls in two more languages',
        description: 'French and Hausa first: a third of our calls. I would take the evening course in both.',
      },
    ],
  },
  {
    hoursAgo: 51,
    who: 'jane.smith',
    owner: 'jane.smith',
    step: [
      {
        title: 'Merge both support desks without a day of closure',
        description:
          'One queue, one phone number, one rota. The old desk stays open in parallel for two weeks.',
      },
      { after: 20, by: 'mary.okafor', verb: 'approve' },
    ],
  },
  {
    hoursAgo: 46,
    who: 'jane.smith',
    owner: 'john.doe',
    step: [
      {
        title: 'Be the first contact for the maritime customers',
        description:
          'Twelve vessels, two ports. Olivia introduces you to each of them by the end of the month.',
      },
    ],
  },
  {
    hoursAgo: 40,
    who: 'john.doe',
    owner: 'john.doe',
    step: [
      {
        title: 'Write the handbook for night shifts',
        description: 'What to do alone at three in the morning, on one page each.',
      },
      {
        after: 18,
        by: 'jane.smith',
        verb: 'reject',
        reason: 'Good idea. Please say which five situations it covers, then send it again.',
      },
    ],
  },
  {
    hoursAgo: 28,
    who: 'jane.smith',
    owner: 'mei.tanaka',
    step: [
      {
        title: 'Automate the weekly outage report',
        description: 'From the ticket system, without copying by hand. Nina can help with the data.',
      },
      { after: 4, by: 'mei.tanaka', verb: 'accept' },
    ],
  },
  {
    hoursAgo: 26,
    who: 'jane.smith',
    owner: 'ibrahim.musa',
    step: [
      {
        title: 'Renew the three contracts in the north',
        description: 'All of them end in the spring; two have asked for better terms already.',
      },
      {
        after: 21,
        by: 'ibrahim.musa',
        verb: 'decline',
        reason: 'I am on parental leave from the first. Could Olivia take the two that are urgent?',
      },
    ],
  },
  {
    hoursAgo: 9,
    who: 'samuel.eze',
    owner: 'samuel.eze',
    step: [
      {
        title: 'Second power feed for the teleport',
        description: 'Permit, contractor and a test under load. The generator alone is no longer enough.',
      },
    ],
  },
  {
    hoursAgo: 3,
    who: 'lucas.silva',
    owner: 'lucas.silva',
    step: [
      {
        title: 'Solve half of the modem faults remotely',
        description:
          'Today it is one in five. Needs access to the new diagnostics and a script for the first questions.',
      },
    ],
  },
]
