/** `npm run boundaries`: fails on an import that the layout forbids, with a line for each. The rules: boundaries/rules.ts. */
import { fileURLToPath } from 'node:url'
import { checkBoundaries } from './boundaries/check.ts'
import { RULES } from './boundaries/rules.ts'

const { files, violations } = checkBoundaries(fileURLToPath(new URL('..', import.meta.url)), RULES)
for (const { file, line, message } of violations) console.log(`${file}:${line}: ${message}`)
console.log(`${files} files checked, ${violations.length} violations`)
process.exitCode = violations.length > 0 ? 1 : 0
