/** Reads docs/protocol.md as its readers do: tables, code, and what the head of a table says its rows are part of. */
import { readFileSync } from 'node:fs'

export const PAGE = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8')

export interface Table {
  head: readonly string[]
  rows: readonly (readonly string[])[]
}

const TABLES: readonly Table[] = (PAGE.match(/(?:^\|.*\|\n)+/gm) ?? []).map(text => {
  const [head = [], , ...rows] = text.trimEnd().split('\n').map(readRow)
  return { head, rows }
})

function readRow(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map(cell => cell.trim())
}

/** The text of a cell, without the marks of code. */
export const bare = (cell = ''): string => cell.replaceAll('`', '')

/** Each bit of code in a text. */
export const codeIn = (text = ''): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

/** The one table whose head begins so. */
export function tableOf(first: string): Table {
  const [table, ...others] = TABLES.filter(({ head }) => bare(head[0]) === first)
  if (!table || others.length > 0) throw new Error(`${others.length + (table ? 1 : 0)} tables of ${first}`)
  return table
}

/** First cells of a table's rows, without the marks of code. */
export const firstCells = (first: string): string[] => tableOf(first).rows.map(([cell]) => bare(cell))

/** What the page says of each shape it has a table of: its fields, each with the words for its type. */
export const SHAPES: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(
  TABLES.filter(({ head }) => head[1] === 'type').map(({ head, rows }) => [
    bare(head[0]),
    Object.fromEntries(rows.map(([field, type]) => [bare(field), bare(type)])),
  ]),
)

/** What is between two headings. */
export function section(heading: string): string {
  const text = PAGE.split(/^(?=#+ )/m).find(part => part.startsWith(`## ${heading}\n`))
  if (text === undefined) throw new Error(`no section ${heading}`)
  return text
}

/** The code of each fenced block in this language. */
export const blocks = (language: string): string[] =>
  [...PAGE.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, its]) => its === language)
    .map(([, , code = '']) => code)
