/** `npm run build:packages`: what would be published of each package, in `packages/<name>/dist`, ready for `npm publish`. */
import { fileURLToPath } from 'node:url'
import { buildPackage, PACKAGES } from './build-packages/build.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
for (const name of PACKAGES) {
  const folder = `packages/${name}/dist`
  await buildPackage(root, name, `${root}${folder}`)
  console.log(folder)
}
