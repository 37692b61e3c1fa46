/** One line: a name, then whatever was counted. */
export function report(scene: string, figures: Readonly<Record<string, number | string>>): void {
  const parts = Object.entries(figures).map(([name, value]) => `${name} ${value}`)
  process.stdout.write(`fuzz | ${scene} | ${parts.join(', ')}\n`)
}
