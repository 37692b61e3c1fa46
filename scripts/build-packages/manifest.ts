/** The package.json of a package as it is published, made from the one that it has in the repository. */

type Versions = Readonly<Record<string, string>>

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly license: string
  readonly sideEffects: boolean | readonly string[]
  /** Each a file under `./src/`. */
  readonly exports: Versions
  readonly dependencies?: Versions
  readonly peerDependencies?: Versions
  readonly engines?: Versions
}

const SOURCE = /^\.\/src\/(.*)\.ts$/

/** The modules that a package exports: where each lies when built, without an ending, and its source. */
export function entriesOf({ exports }: Manifest): Record<string, string> {
  const entries: Record<string, string> = {}
  for (const path of Object.values(exports)) {
    const [, name] = SOURCE.exec(path) ?? []
    if (name) entries[name] = path
  }
  return entries
}

export function publishedManifest(source: Manifest, engines: Versions = {}) {
  const { name, version, description, license, sideEffects, peerDependencies } = source
  const exports = Object.entries(source.exports).map(([subpath, path]) => [subpath, built(path)] as const)
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    sideEffects,
    engines,
    exports: { ...Object.fromEntries(exports), './package.json': './package.json' },
    dependencies: ranges(source),
    peerDependencies,
  }
}

function built(path: string) {
  const [, name] = SOURCE.exec(path) ?? []
  return name ? { types: `./${name}.d.ts`, default: `./${name}.js` } : path.replace('./src/', './')
}

/**
 * Packages of ours fit each other in one version only. Of others any compatible one will do: whoever shares `kysely`
 * or `typebox` with the engine must end up with one copy of it.
 */
function ranges({ name, dependencies = {} }: Manifest): Versions {
  const scope = `${name.split('/')[0]}/`
  const range = (other: string, version: string) => (other.startsWith(scope) ? version : `^${version}`)
  return Object.fromEntries(
    Object.entries(dependencies).map(([other, version]) => [other, range(other, version)]),
  )
}
