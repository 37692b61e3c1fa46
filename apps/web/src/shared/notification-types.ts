/** What types of notifications are called. Who knows them hands their labels in. */

export type Labels = readonly { value: string; label: string }[]

/** "Goal approved"; "Payslip ready" of `payslip_ready`, which only another system knows. */
export function labelOf(type: string, labels: Labels): string {
  const known = labels.find(({ value }) => value === type)?.label
  if (known) return known
  const words = type.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
