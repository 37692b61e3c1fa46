/** Everything by which a file reaches another one: imports and re-exports, `import()`, `require`, types of `import('…')`. */
import { parseSync, Visitor } from 'oxc-parser'

export type Import = {
  readonly specifier: string
  readonly line: number
  /** The names taken as values; `*` where it is the whole module. Types need not be named: they call nothing. */
  readonly values: readonly string[]
}

export type ParsedFile = { readonly imports: readonly Import[]; readonly errors: readonly string[] }

export function readImports(path: string, source: string): ParsedFile {
  const { module, program, errors } = parseSync(path, source)
  const imports: Import[] = []
  const add = (specifier: string, offset: number, values: readonly string[]) =>
    imports.push({ specifier, line: lineOf(source, offset), values })

  for (const { moduleRequest, entries, start } of module.staticImports) {
    const values = entries.filter(entry => !entry.isType).map(entry => entry.importName.name ?? '*')
    add(moduleRequest.value, start, values)
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, importName, isType, start } of entries) {
      if (moduleRequest) add(moduleRequest.value, start, isType ? [] : [importName.name ?? '*'])
    }
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const specifier = literal(source.slice(moduleRequest.start, moduleRequest.end))
    if (specifier !== undefined) add(specifier, start, ['*'])
  }
  new Visitor({
    TSImportType: node => add(node.source.value, node.start, []),
    CallExpression: ({ callee, arguments: [first], start }) => {
      if (callee.type !== 'Identifier' || callee.name !== 'require' || first?.type !== 'Literal') return
      if (typeof first.value === 'string') add(first.value, start, ['*'])
    },
  }).visit(program)
  return { imports, errors: errors.map(error => error.message) }
}

/** What a quoted text says; undefined for anything that is computed, which no check can follow. */
function literal(text: string): string | undefined {
  return /^(['"`])([^'"`$\\]*)\1$/.exec(text.trim())?.[2]
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length
}
