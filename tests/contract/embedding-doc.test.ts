/** docs/embedding.md names what the packages export: every value of each module, and no name that there is not. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = readFileSync(`${root}docs/embedding.md`, 'utf8')
const manifests = ['notifier', 'client', 'react'].map(name => ({
  folder: `${root}packages/${name}/`,
  ...(JSON.parse(readFileSync(`${root}packages/${name}/package.json`, 'utf8')) as {
    name: string
    exports: Record<string, string>
  }),
}))
const modules = manifests.flatMap(({ name, folder, exports }) =>
  Object.entries(exports)
    .filter(([, file]) => file.endsWith('.ts'))
    .map(([subpath, file]) => [name + subpath.slice(1), folder + file] as const),
)

/** Cells of the table below a heading: first and second column. */
function tableOf(heading: string): [string, string][] {
  const [, rest = ''] = page.split(`\n### ${heading}\n`)
  const [section = ''] = rest.split('\n#')
  return [...section.matchAll(/^\| (`.*?) \| (.*) \|$/gm)].map(([, first = '', second = '']) => [
    first,
    second,
  ])
}
const names = (cell: string) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)

test('each module that there is has its part of the reference', () => {
  const headings = [...page.matchAll(/^### (@pms\/\S+)$/gm)].map(([, name]) => name)
  expect(headings.toSorted()).toEqual([...modules.map(([name]) => name), '@pms/protocol'].toSorted())
})

test.each(modules)('%s: every value, no other, and only types that it exports', async (name, file) => {
  const table = tableOf(name)
  const exported: object = await import(file)
  expect(table.flatMap(([first]) => names(first)).toSorted()).toEqual(Object.keys(exported).toSorted())
  const source = readFileSync(file, 'utf8')
  // What begins with a capital letter is a type; the rest are members, which the compiler sees in the page's code.
  const types = table.flatMap(([, second]) => names(second)).filter(word => /^[A-Z]/.test(word))
  expect(types.filter(type => !new RegExp(`\\b${type}\\b`).test(source))).toEqual([])
})

test('what the page says to import is there', async () => {
  const imports = [...page.matchAll(/^import (?:type )?\{ (.*) \} from '(@pms\/.*)'$/gm)]
  expect(imports.length).toBeGreaterThan(10)
  for (const [, list = '', from = ''] of imports) {
    const file = modules.find(([name]) => name === from)?.[1] ?? ''
    for (const name of list.split(', '))
      expect(readFileSync(file, 'utf8')).toContain(name.replace('type ', ''))
  }
})
