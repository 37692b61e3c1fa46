/** Goals around the accounts that people try first, whatever the day: some of them wait for an answer. */

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
  steps: [Opening, ...Step[]]
}

export const GOALS_LATELY: readonly Beginning[] = [
  {
    hoursAgo: 75,
    who: 'amara.obi',
    owner: 'amara.obi',
    steps: [
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
    steps: [
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
    steps: [
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
    steps: [
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
    steps: [
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
    steps: [
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
    hoursAgo: 98,
    who: 'samuel.eze',
    owner: 'samuel.eze',
    steps: [
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
    steps: [
      {
        title: 'Solve half of the modem faults remotely',
        description:
          'Today it is one in five. Needs access to the new diagnostics and a script for the first questions.',
      },
    ],
  },
  {
    hoursAgo: 90,
    who: 'peter.johansen',
    owner: 'peter.johansen',
    // Sent to Samuel, who went on leave: it waits for whoever stands in for him.
    steps: [
      {
        title: 'Test the storm plan of the teleport twice',
        description: 'Once in daylight, once at night without warning. Both shifts, with the fire brigade.',
      },
    ],
  },
  {
    hoursAgo: 31,
    who: 'grace.adeyemi',
    owner: 'grace.adeyemi',
    // Nobody is above her: whoever may approve for all decides.
    steps: [
      {
        title: 'Visit every site before the end of the quarter',
        description: 'A day at each, with the people on shift and without slides.',
      },
    ],
  },
  {
    hoursAgo: 20,
    who: 'isabel.garcia',
    owner: 'isabel.garcia',
    steps: [
      {
        title: 'Every new colleague has a mentor in the first week',
        description: 'Twelve mentors have said yes. What is missing is the list of who starts when.',
      },
    ],
  },
  {
    hoursAgo: 27,
    who: 'leila.haddad',
    owner: 'hr',
    steps: [
      {
        title: 'Fill the six open roles in engineering',
        description:
          'Tomáš needs them before the migration begins. Two referrals are waiting for a first call.',
      },
    ],
  },
  {
    hoursAgo: 22,
    who: 'leila.haddad',
    owner: 'admin',
    steps: [
      {
        title: 'Single sign-on for every internal system',
        description: 'Seven are done, four are left. Start with the one that finance uses.',
      },
    ],
  },
  {
    hoursAgo: 6,
    who: 'jane.smith',
    owner: 'kofi.asante',
    steps: [
      {
        title: 'Handle a full shift on your own by the end of your second month',
        description: 'Amara sits beside you until then. Ask her anything, as often as you like.',
      },
    ],
  },
  {
    hoursAgo: 7,
    who: 'grace.adeyemi',
    owner: 'mary.okafor',
    steps: [
      {
        title: 'One rota for all of Operations',
        description:
          'Support, teleport and field crews on the same calendar, so that nobody is called out twice.',
      },
    ],
  },
]
