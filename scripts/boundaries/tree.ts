/** The files of a repository as the check sees them: paths from the root with `/`, and what an import leads to. */
import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { posix } from 'node:path'

const LEFT_OUT = new Set(['node_modules', 'dist'])

export type Workspace = { readonly path: string; readonly name: string; readonly exports: Exports }
type Exports = Readonly<Record<string, unknown>>

/** Where an import leads: a file of ours, a package of others, or nowhere. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'nowhere'; readonly why: string }

export function listWorkspaces(root: string): Workspace[] {
  const { workspaces } = readJson(`${root}/package.json`) as { workspaces: string[] }
  return globSync(workspaces, { cwd: root })
    .filter(path => existsSync(`${root}/${path}/package.json`))
    .sort()
    .map(path => {
      const { name, exports = {} } = readJson(`${root}/${path}/package.json`) as {
        name: string
        exports?: Exports
      }
      return { path, name, exports }
    })
}

/** All files under a path, a file being all there is under itself; nothing where there is nothing. */
export function listFiles(root: string, path: string): string[] {
  const stat = statSync(`${root}/${path}`, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [path]
  return readdirSync(`${root}/${path}`)
    .filter(name => !LEFT_OUT.has(name))
    .sort()
    .flatMap(name => listFiles(root, posix.join(path, name)))
}

export function resolveImport(
  root: string,
  workspaces: readonly Workspace[],
  from: string,
  specifier: string,
): Target {
  const path = specifier.replace(/\?.*$/, '')
  if (/^\.\.?(\/|$)/.test(path)) return asFile(root, posix.join(posix.dirname(from), path))
  if (/^[/#]|^file:/.test(path))
    return { kind: 'nowhere', why: 'only relative paths and package names can be checked' }
  const workspace = workspaces.find(({ name }) => path === name || path.startsWith(`${name}/`))
  if (!workspace) return { kind: 'foreign' }
  const subpath = `.${path.slice(workspace.name.length)}`
  const exported = sourceOf(workspace.exports[subpath])
  if (exported === undefined) return { kind: 'nowhere', why: `${workspace.name} does not export ${subpath}` }
  return asFile(root, posix.join(workspace.path, exported))
}

/** The file that an entry of `exports` leads to inside the repository: the first condition is the source. */
function sourceOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry
  if (typeof entry !== 'object' || entry === null) return undefined
  return sourceOf(Object.values(entry)[0])
}

function asFile(root: string, path: string): Target {
  const isFile = statSync(`${root}/${path}`, { throwIfNoEntry: false })?.isFile()
  return isFile ? { kind: 'file', path } : { kind: 'nowhere', why: `there is no file ${path}` }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}
