/** Pieces of work of the demo's year, and what people say about them. */
import type { Urgency } from '@pms/contract'

export interface InitiativeIdea {
  title: string
  description: string
  urgency: Urgency
  report: string
}

const idea = (title: string, description: string, urgency: Urgency, report: string): InitiativeIdea => ({
  title,
  description,
  urgency,
  report,
})

/** By department or directorate; each is somebody's once. */
export const INITIATIVE_IDEAS: Readonly<Record<string, readonly InitiativeIdea[]>> = {
  customer: [
    idea(
      'Rewrite the outage message that customers hear on the phone',
      'It is two minutes long and says nothing before the end.',
      'HIGH',
      'Now 25 seconds: what is down, until when, where to read more. Calls during the last outage fell by a fifth.',
    ),
    idea(
      'Call every customer who left us last quarter',
      'Eighteen of them. We want to know why, in their words.',
      'MEDIUM',
      'Reached fourteen. Nine left for the price, three for response times, two closed. The notes are in the shared folder.',
    ),
    idea(
      'Check the spare modems in all regional depots',
      'Counted and powered on, with their firmware written down.',
      'LOW',
      '212 modems counted, 17 dead, 40 updated. Two depots keep far too many.',
    ),
    idea(
      'Prepare the stand at the maritime fair',
      'A working link on the table, and two people who can explain it.',
      'MEDIUM',
      'The link ran all three days. Sixty-one contacts, eleven of them want an offer.',
    ),
    idea(
      'Sort out the forty oldest open tickets',
      'Close, solve or hand over each of them. None stays as it is.',
      'HIGH',
      'Twenty-six solved, eleven closed with the customer’s consent, three are with engineering.',
    ),
    idea(
      'Record five short videos on aligning an antenna',
      'For installers, without words, so that one version serves all languages.',
      'LOW',
      'All five are online. Field Service uses them in training already.',
    ),
    idea(
      'Run the satisfaction survey of key accounts',
      'Ten questions, by phone, all accounts above the threshold.',
      'MEDIUM',
      'Answered by 31 of 36. The average is 4.4; billing is the one thing that half of them mention.',
    ),
    idea(
      'Merge the two price lists',
      'One list that sales and support both trust.',
      'MEDIUM',
      'One list since the first of the month. Thirteen contradictions were found and settled with finance.',
    ),
  ],
  ground: [
    idea(
      'Replace the batteries of the emergency lighting',
      'All three buildings, with the log for the inspector.',
      'HIGH',
      'Done in all three buildings. The log is signed, the next change is due in four years.',
    ),
    idea(
      'Repaint and inspect the mast at the coast station',
      'Before the season of storms, with a licensed climber.',
      'MEDIUM',
      'Inspected and painted. Two bolts were replaced, photos are in the station book.',
    ),
    idea(
      'Write down how antenna 4 is restarted by hand',
      'Today two people know it. Both are on leave in July.',
      'URGENT',
      'One page with photos at the rack and in the handbook. The night shift tried it without help.',
    ),
    idea(
      'Move the spare parts into the new store',
      'With labels, and the list in the system on the same day.',
      'LOW',
      'Moved over two weekends. 640 parts are listed, 48 were scrapped.',
    ),
    idea(
      'Measure interference along the northern border',
      'Five sites, a day at each, both polarisations.',
      'HIGH',
      'Measured at all five. Two sites show a source across the border; the regulator has our report.',
    ),
    idea(
      'Service all generators before the rains',
      'Oil, filters and an hour under load for each.',
      'HIGH',
      'Eleven of eleven serviced. One needs a new starter, which is ordered.',
    ),
    idea(
      'Train the field crews on the new splicer',
      'Half a day for each crew, on real cable.',
      'MEDIUM',
      'All six crews trained. The loss per splice is a third of what it was.',
    ),
  ],
  platform: [
    idea(
      'Bring alarms of the old modems into the new dashboard',
      'So that the night shift looks at one screen, not at three.',
      'HIGH',
      'All alarms of the old modems arrive within ten seconds. The two old screens are off.',
    ),
    idea(
      'Delete the accounts of former suppliers',
      'Found in the audit. Nothing must stop working.',
      'URGENT',
      'Thirty-four accounts deleted, two turned into service accounts. Nothing stopped.',
    ),
    idea(
      'Restore a backup of the billing database for real',
      'On a clean machine, timed, by somebody who has never done it.',
      'HIGH',
      'Restored in 47 minutes. The page of instructions missed two steps; they are in it now.',
    ),
    idea(
      'Show link quality per beam in the customer portal',
      'Only what we can stand by: availability and delay.',
      'MEDIUM',
      'Live for all customers since Tuesday. Support says the first questions about it are good ones.',
    ),
    idea(
      'Cut the cost of test environments by half',
      'Most of them run at night for nobody.',
      'LOW',
      'They sleep from eight to six. Costs fell by 58 %.',
    ),
    idea(
      'Forecast traffic of the coming festive season',
      'By beam and hour, with the last three years as a base.',
      'MEDIUM',
      'Delivered with a range for every beam. Capacity planning has moved two carriers on the strength of it.',
    ),
    idea(
      'Replace the library that reads telemetry frames',
      'It is no longer maintained and drops one frame in ten thousand.',
      'MEDIUM',
      'Replaced. Not one frame lost in a week, and it takes a third of the memory.',
    ),
  ],
  finance: [
    idea(
      'Prepare the yearly stocktake',
      'Dates, teams and lists, four weeks ahead.',
      'MEDIUM',
      'Done in one day instead of three. Differences were below half a percent.',
    ),
    idea(
      'Put all supplier contracts into one register',
      'With notice periods, so that nothing renews itself unseen.',
      'HIGH',
      '143 contracts are in. Nine would have renewed themselves this quarter; four were ended.',
    ),
    idea(
      'Compare three offers for the new payroll system',
      'Price over five years, migration, and what users say of it.',
      'HIGH',
      'The comparison is with the directors. Two of the three would serve; my recommendation is on page one.',
    ),
    idea(
      'Renew the insurance of all vehicles',
      'With a second offer, and the accident record at hand.',
      'MEDIUM',
      'Renewed with the second insurer at 11 % less, with the same cover.',
    ),
  ],
  people: [
    idea(
      'Write a first-day plan for new colleagues',
      'From the door to the first ticket, on one page.',
      'LOW',
      'Used for the last five who joined. All of them had a working laptop by ten.',
    ),
    idea(
      'Organise the first-aid course',
      'Every site needs two trained people on each shift.',
      'MEDIUM',
      'Twenty-two colleagues passed. Every shift is covered until next autumn.',
    ),
  ],
  anywhere: [
    idea(
      'Present the results of the half year to all staff',
      'Thirty minutes, plain words, time for questions.',
      'MEDIUM',
      'Held twice, for both shifts. The questions and answers are on the intranet.',
    ),
  ],
}

export const FEEDBACK: readonly string[] = [
  'Thorough and on time. The summary on the first page made it easy to act on.',
  'Good work. Next time involve the other shift a week earlier.',
  'Exactly what was needed, and the colleagues who use it say so too.',
  'Solid. The numbers could be easier to find, the result is right.',
  'You solved more than was asked for. Thank you.',
]

export const RETURNS: readonly string[] = [
  'Nearly there. Please add what it cost, and who looks after it from now on.',
  'The result is good, but the second site is missing. Could you complete it?',
]

export const INITIATIVE_REJECTIONS: readonly string[] = [
  'A good idea at the wrong time: could it wait until the new contract is signed?',
  'Please name who else has to be part of it, then I am glad to approve it.',
]

export const EXTENSION_REASONS: readonly string[] = [
  'The parts arrive a week later than the supplier promised.',
  'Two of the colleagues whom I need are on leave until the week after.',
]

export const DENIALS: readonly string[] = [
  'The inspection is on the day after; please finish what it needs first.',
]
