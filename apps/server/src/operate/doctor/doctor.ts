/** Everything an installation stands on, looked at in the order in which one needs the other. */
import { type Config, readConfig } from '../../config.ts'
import { StartError } from '../../start-error.ts'
import { configuredPlace } from '../place.ts'
import { readShape } from '../shape.ts'
import { checkBus } from './bus.ts'
import { checkDatabase } from './database.ts'
import { type Finding, ok, skipped, wordsOf, wrong } from './finding.ts'
import { checkProxy, checkReach } from './front-door.ts'
import { checkMachine } from './machine.ts'
import { checkSecret } from './secret.ts'
import { checkSocket } from './socket.ts'
import { asVisitor } from './visitor.ts'

/**
 * Looks at the installation that these variables describe.
 * @param url the address that people use; null: what is in front of the servers is left out
 */
export async function examine(
  variables: Readonly<Record<string, string | undefined>>,
  url: URL | null,
): Promise<Finding[]> {
  const read = configOf(variables)
  if (read.problems)
    return [
      ...read.problems.map(problem =>
        wrong(
          'configuration',
          `${problem}.`,
          'Put it right in the environment or in .env: see .env.example.',
        ),
      ),
      skipped('everything else', 'Not looked at: it depends on the configuration.'),
    ]
  const { config } = read
  const findings = [
    ok(
      'configuration',
      `Every value makes sense. NODE_ENV is ${config.isProduction ? '' : 'not '}production.`,
    ),
    ...(await checkMachine(config)),
    await checkSecret(config),
  ]
  const database = await checkDatabase(configuredPlace(config), await readShape())
  findings.push(...database.findings, await checkBus(config.redisUrl, database.servers))
  if (!url) return [...findings, skipped('address', 'Not looked at: give it by --url https://…')]

  const { reached, findings: reach } = await checkReach(url)
  findings.push(...reach)
  if (!reached) return findings
  if (!database.usable)
    return [...findings, skipped('socket', 'Not looked at: it takes the database to be let in.')]
  const inside = await asVisitor(config, async visitor => {
    if (!visitor)
      return [
        skipped(
          'socket',
          'Not looked at: that takes the signing secret, and an active administrator to be let in as.',
        ),
      ]
    const proxy = await checkProxy(url, visitor.token, config)
    return [...proxy, ...(await checkSocket(url, visitor))]
  }).catch((error: unknown) => [
    wrong('socket', `It could not be looked at: ${wordsOf(error)}.`, 'Look at what is wrong above first.'),
  ])
  return [...findings, ...inside]
}

/** Or all that is wrong with it, not only the first. */
function configOf(
  variables: Readonly<Record<string, string | undefined>>,
): { config: Config; problems?: never } | { problems: string[] } {
  try {
    return { config: readConfig(variables) }
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    const [, ...problems] = error.message.split('\n').map(line => line.trim())
    return { problems }
  }
}
