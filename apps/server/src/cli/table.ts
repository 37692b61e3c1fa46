/** Columns of text for a terminal. */

/** @param right titles of columns that hold numbers */
export function tableOf(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string {
  const widths = titles.map((title, index) =>
    Math.max(title.length, ...rows.map(row => row[index]?.length ?? 0)),
  )
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0
        return right.includes(titles[index] ?? '') ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  return `${[titles, ...rows].map(lineOf).join('\n')}\n`
}
