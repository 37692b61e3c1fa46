/** The goals of the organisation as the lines of a tree: what has been fetched of it, and what of that is open. Pure. */
import type { GoalBranch } from '@pms/contract'
import type { TreeLine } from '../../ui/tree.tsx'

/** What is known of one level: the goals that are part of one, or those at the top. */
export interface Level {
  goals: readonly GoalBranch[]
  /** How many there are; undefined until the first of them are there. */
  total: number | undefined
  /** What keeps the rest from being there, if anything does. */
  waits: 'loading' | 'failed' | null
}

/** A line without a goal stands for those of its level that are not there. */
export interface GoalLine extends TreeLine {
  goal: GoalBranch | null
  /** The goal of whose level it is; null: the top. */
  levelOf: string | null
  waits: Level['waits']
}

/**
 * The lines of the tree. A line is named by all goals down to its own: whatever the server says, no two have one name.
 * @param levels by the goal that they are part of; null: the top
 * @param open ids of goals whose insides are shown
 */
export function goalLines(levels: ReadonlyMap<string | null, Level>, open: ReadonlySet<string>): GoalLine[] {
  const lines: GoalLine[] = []
  const walk = (levelOf: string | null, parentId: string | null, depth: number) => {
    const { goals, total, waits } = levels.get(levelOf) ?? { goals: [], total: undefined, waits: 'loading' }
    const there = { parentId, depth, levelOf }
    const of = Math.max(total ?? 1, goals.length)
    for (const [index, goal] of goals.entries()) {
      const id = parentId === null ? goal.id : `${parentId}.${goal.id}`
      const isOpen = goal.children > 0 ? open.has(goal.id) : null
      lines.push({ ...there, id, name: goal.title, isOpen, place: index + 1, of, goal, waits: null })
      if (isOpen) walk(goal.id, id, depth + 1)
    }
    if (waits === null && goals.length >= (total ?? 0)) return
    const id = `${parentId ?? 'top'}.rest`
    lines.push({ ...there, id, name: '', isOpen: null, place: of, of, goal: null, waits })
  }
  walk(null, null, 0)
  return lines
}

/** What stays open when a line opens or closes. With a line closes what is beneath it: nobody looks at it any more. */
export function toggled(
  open: readonly string[],
  lines: readonly GoalLine[],
  line: GoalLine,
  opens: boolean,
): string[] {
  if (!line.goal) return [...open]
  const beneath = lines.filter(({ id }) => id === line.id || id.startsWith(`${line.id}.`))
  const closing = new Set(beneath.map(({ goal }) => goal?.id))
  const others = open.filter(id => !closing.has(id))
  return opens ? [...others, line.goal.id] : others
}
