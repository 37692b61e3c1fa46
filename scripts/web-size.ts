/**
 * `npm run web-size`: what the built web app costs to load, in kB as gzip sends them: what everybody who is signed in
 * loads first, and what each page adds to it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

interface Chunk {
  file: string
  src?: string
  imports?: string[]
  dynamicImports?: string[]
  css?: string[]
}

const DIST = fileURLToPath(new URL('../apps/web/dist/', import.meta.url))
const ENTRY = 'index.html'
const SHELL = 'src/app/shell.tsx'

const path = `${DIST}.vite/manifest.json`
if (!existsSync(path)) throw new Error('The web app is not built. Run: npm run build -w apps/web')
const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Chunk>

const chunkOf = (key: string): Chunk => {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`The web app has no ${key}`)
  return chunk
}

/** A chunk and all that cannot do without. */
function withImports(key: string, found = new Set<string>()): Set<string> {
  if (found.has(key)) return found
  found.add(key)
  for (const other of chunkOf(key).imports ?? []) withImports(other, found)
  return found
}

const sizes = new Map<string, number>()
function gzipped(file: string): number {
  const known = sizes.get(file) ?? gzipSync(readFileSync(DIST + file), { level: 9 }).length
  sizes.set(file, known)
  return known
}

const filesOf = (keys: Iterable<string>, kind: 'js' | 'css') => {
  const files = [...keys].flatMap(key => (kind === 'js' ? [chunkOf(key).file] : (chunkOf(key).css ?? [])))
  return [...new Set(files)]
}
const sum = (files: readonly string[]) => files.reduce((total, file) => total + gzipped(file), 0)
const say = (what: string, bytes: number) => console.log(`${(bytes / 1000).toFixed(1).padStart(7)}  ${what}`)

const first = new Set([...withImports(ENTRY), ...withImports(SHELL)])
const firstStyles = filesOf(first, 'css')
console.log('kB gzip\nWhat everybody who is signed in loads first')
say('JavaScript', sum(filesOf(first, 'js')))
say('styles', sum(firstStyles))
say('  of it the largest part', Math.max(...filesOf(first, 'js').map(gzipped)))

console.log('\nWhat each page adds (JavaScript and styles)')
const pages = (chunkOf(ENTRY).dynamicImports ?? []).filter(key => key !== SHELL)
for (const page of pages.toSorted()) {
  const more = [...withImports(page)].filter(key => !first.has(key))
  const styles = filesOf(more, 'css').filter(file => !firstStyles.includes(file))
  say(page.replace(/^src\/(features\/)?/, '').replace(/\.tsx$/, ''), sum(filesOf(more, 'js')) + sum(styles))
}
console.log('\nFetched once the first page is there')
for (const later of chunkOf(SHELL).dynamicImports ?? []) {
  const more = [...withImports(later)].filter(key => !first.has(key))
  say(later.replace(/^.*?src\//, ''), sum(filesOf(more, 'js')))
}
