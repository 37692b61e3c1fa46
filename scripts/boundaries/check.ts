/** Applies the rules to a tree of files. Says what is wrong and where; prints nothing and ends nothing. */
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { type Import, readImports } from './imports.ts'
import type { FeatureRule, NameRule, Rules } from './rules.ts'
import { listFiles, listWorkspaces, resolveImport, type Workspace } from './tree.ts'
import { findWords } from './words.ts'

export type Violation = { readonly file: string; readonly line: number; readonly message: string }
export type Outcome = { readonly files: number; readonly violations: readonly Violation[] }

const CODE = /\.[cm]?[jt]sx?$/
const TEXT = /\.([cm]?[jt]sx?|json|css|html|md)$/
const TEST_FOLDER = /(^|\/)tests?\//

/** Checks every workspace, and the code at the root that belongs to none: its tests, scripts and configuration. */
export function checkBoundaries(root: string, rules: Rules): Outcome {
  const workspaces = listWorkspaces(root)
  const files = ['packages', 'apps', 'bench', 'scripts', 'tests'].flatMap(folder => listFiles(root, folder))
  const code = files.filter(file => CODE.test(file))
  const violations = [
    ...code.flatMap(file => checkFile(root, rules, workspaces, file)),
    ...files.flatMap(file => checkWords(root, rules, file)),
    ...checkRuleBook(rules, workspaces, code),
  ]
  return { files: code.length, violations }
}

function checkFile(root: string, rules: Rules, workspaces: readonly Workspace[], file: string): Violation[] {
  const { imports, errors } = readImports(file, readFileSync(`${root}/${file}`, 'utf8'))
  if (errors.length > 0) return [{ file, line: 1, message: `does not parse: ${errors.join('; ')}` }]
  return imports.flatMap(found => {
    const at = (message: string) => ({ file, line: found.line, message: `'${found.specifier}': ${message}` })
    const target = resolveImport(root, workspaces, file, found.specifier)
    if (target.kind === 'foreign') return []
    if (target.kind === 'nowhere') return [at(target.why)]
    return [
      refuseDirection(rules, workspaces, file, target.path, found),
      ...rules.features.map(rule => refuseFeature(rule, file, target.path)),
      ...rules.names.map(rule => refuseName(rule, file, found)),
    ].flatMap(message => (message === undefined ? [] : [at(message)]))
  })
}

function refuseDirection(
  rules: Rules,
  workspaces: readonly Workspace[],
  file: string,
  target: string,
  { specifier }: Import,
): string | undefined {
  const from = workspaceOf(workspaces, file)
  const to = workspaceOf(workspaces, target)
  if (!from || from === to) return undefined
  if (specifier.startsWith('.')) return `a relative import leaves ${from}`
  if (to && !rules.workspaces[from]?.includes(to)) return `${from} may not import ${to}`
  return undefined
}

function refuseFeature(
  { folder, openTo, closedTo }: FeatureRule,
  file: string,
  target: string,
): string | undefined {
  const to = featureOf(folder, target)
  if (to === undefined) return undefined
  const from = featureOf(folder, file)
  if (from !== undefined) return from === to ? undefined : `feature ${from} may not import feature ${to}`
  const isOpen = openTo.some(place => isIn(place, file)) && !closedTo.some(place => isIn(place, file))
  return isOpen ? undefined : `this file may not import a feature (${to})`
}

function refuseName({ module, names, files }: NameRule, file: string, found: Import): string | undefined {
  if (found.specifier !== module && !found.specifier.startsWith(`${module}/`)) return undefined
  if (TEST_FOLDER.test(file) || files.some(place => isNamed(place, file))) return undefined
  const refused = found.values.filter(name => name === '*' || names.includes(name))
  if (refused.length === 0) return undefined
  const what = refused.includes('*') ? `the whole module (with ${names.join(', ')})` : refused.join(', ')
  return `only ${files.join(' and ')} may import ${what}`
}

function checkWords(root: string, { words }: Rules, file: string): Violation[] {
  if (!isIn(words.folder, file) || TEST_FOLDER.test(file) || !TEXT.test(file)) return []
  const message = (word: string) => `'${word}' is a word of the domain; ${words.folder} knows none`
  const inName = findWords(file, words.forbidden).map(({ word }) => ({
    file,
    line: 1,
    message: message(word),
  }))
  const inText = findWords(readFileSync(`${root}/${file}`, 'utf8'), words.forbidden)
  return [...inName, ...inText.map(({ line, word }) => ({ file, line, message: message(word) }))]
}

/** The rules and the tree must know each other, or a check of nothing would pass for a pass. */
function checkRuleBook(rules: Rules, workspaces: readonly Workspace[], code: readonly string[]): Violation[] {
  const book = 'scripts/boundaries/rules.ts'
  const withCode = workspaces
    .map(({ path }) => path)
    .filter(path => code.some(file => isIn(`${path}/`, file)))
  const missing = withCode.filter(path => !(path in rules.workspaces))
  const stale = Object.keys(rules.workspaces).filter(path => !withCode.includes(path))
  return [
    ...missing.map(path => ({ file: book, line: 1, message: `there is no rule for ${path}` })),
    ...stale.map(path => ({
      file: book,
      line: 1,
      message: `no code was found in ${path}, which has a rule`,
    })),
  ]
}

function workspaceOf(workspaces: readonly Workspace[], file: string): string | undefined {
  return workspaces.find(({ path }) => isIn(`${path}/`, file))?.path
}

function featureOf(folder: string, file: string): string | undefined {
  return file.startsWith(folder) ? file.slice(folder.length).split('/')[0] : undefined
}

/** Whether a file is the given one, or lies in the given folder (which ends in `/`). */
function isIn(place: string, file: string): boolean {
  return place.endsWith('/') ? file.startsWith(place) : file === place
}

/** Whether a file has the given name, or lies in a folder of the given name (which ends in `/`). */
function isNamed(place: string, file: string): boolean {
  return place.endsWith('/') ? `/${file}`.includes(`/${place}`) : posix.basename(file) === place
}
