/**
 * One package as it is published: a folder that holds all that `npm publish` takes. Inside the repository a package is
 * its TypeScript source, and nothing here changes that.
 */
import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type UserConfig } from 'tsdown'
import { entriesOf, type Manifest, publishedManifest } from './manifest.ts'

export type PackageName = keyof typeof OPTIONS

const OPTIONS = {
  protocol: { platform: 'neutral' },
  client: { platform: 'neutral' },
  // Where servers render components, these belong to the half that also runs in the browser.
  react: { platform: 'neutral', banner: { js: "'use client'" } },
  notifier: { platform: 'node' },
} satisfies Record<string, UserConfig>

/** In the order in which they depend on each other. */
export const PACKAGES = Object.keys(OPTIONS) as PackageName[]

/** Builds a package into a folder, which is emptied first. */
export async function buildPackage(root: string, name: PackageName, folder: string): Promise<void> {
  const source = join(root, 'packages', name)
  const manifest = readManifest(source)
  await build({
    ...OPTIONS[name],
    cwd: source,
    config: false,
    entry: entriesOf(manifest),
    outDir: folder,
    format: 'esm',
    target: 'es2024',
    fixedExtension: false,
    tsconfig: join(root, 'packages/tsconfig.json'),
    dts: true,
    logLevel: 'error',
  })
  for (const sheet of globSync('**/*.css', { cwd: join(source, 'src') }))
    cpSync(join(source, 'src', sheet), join(folder, sheet))
  cpSync(join(source, 'README.md'), join(folder, 'README.md'))
  const license = join(root, 'LICENSE')
  if (existsSync(license)) cpSync(license, join(folder, 'LICENSE'))
  const published = publishedManifest(manifest, readManifest(root).engines)
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published, null, 2)}\n`)
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
