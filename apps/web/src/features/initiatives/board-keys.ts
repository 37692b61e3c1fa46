/** Where a key leads on the board: the card above or below, or the one beside in the next column that has any. */

export function moveOnBoard(board: HTMLElement | null, to: 'up' | 'down' | 'left' | 'right'): void {
  const columns = [...(board?.querySelectorAll('[data-column]') ?? [])]
    .map(column => [...column.querySelectorAll<HTMLElement>('[data-row]')])
    .filter(cards => cards.length > 0)
  const column = columns.findIndex(cards => cards.some(isFocused))
  const next = column === -1 ? columns[0]?.[0] : neighbour(columns, column, to)
  next?.focus()
  next?.closest('li')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

function neighbour(columns: HTMLElement[][], column: number, to: 'up' | 'down' | 'left' | 'right') {
  const cards = columns[column] ?? []
  const row = cards.findIndex(isFocused)
  if (to === 'up' || to === 'down') return cards[row + (to === 'down' ? 1 : -1)]
  const beside = columns[column + (to === 'right' ? 1 : -1)]
  return beside?.[Math.min(row, beside.length - 1)]
}

const isFocused = (card: HTMLElement) => card === document.activeElement
