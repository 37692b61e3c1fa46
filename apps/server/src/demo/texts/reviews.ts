/** What the demo asks in its reviews, and what people answer. */
import type { TraitBody } from '@pms/contract'

const trait = (name: string, ...questions: readonly string[]): TraitBody => ({
  name,
  questions: questions.map(text => ({ text })),
})

export const REVIEW_TRAITS: readonly TraitBody[] = [
  trait('Results', 'Reaches what was agreed, in time', 'Delivers work that others can build on'),
  trait('Working together', 'Shares what others need to know', 'Helps when a colleague is under pressure'),
  trait('Customers', 'Understands what a customer needs and acts on it'),
  trait('Growing', 'Learns from what went wrong, and says so'),
]

export const PILOT_TRAITS: readonly TraitBody[] = [
  trait('Leading', 'Makes clear what matters most', 'Makes time for each person of the team'),
  trait('Deciding', 'Decides in time, and explains why'),
]

/** One list for each rating, from 1 to 5; a comment fits any question. */
export const COMMENTS: readonly (readonly string[])[] = [
  ['This has to change. Examples are in our notes.'],
  [
    'Not yet where it should be; we agreed on what to try.',
    'There is a gap between what is promised and what arrives.',
  ],
  ['Solid.', 'As expected, with some very good weeks.', 'Reliable, could be a little bolder.'],
  [
    'Strong all year long.',
    'I would like to work together more often.',
    'Noticeably better than last year.',
    'Calm when it counts.',
  ],
  [
    'The best example we have.',
    'Others come here to learn how it is done.',
    'Outstanding during the spring outages.',
  ],
]
