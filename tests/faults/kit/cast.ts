/** The people of a scene, put into the database before a server runs, with tokens for as long as one likes. */
import { randomBytes } from 'node:crypto'
import { createAccessTokens } from '../../../apps/server/src/auth/access-tokens.ts'
import { startSession } from '../../../apps/server/src/auth/sessions.ts'
import { openAppDatabase } from '../../../apps/server/src/database.ts'
import { createUser } from '../../../apps/server/src/features/people/actions.ts'

/** What the servers of a run are given as `JWT_SECRET`. */
export const SECRET = randomBytes(32).toString('hex')

const HOUR_S = 3_600

const tokens = createAccessTokens(Buffer.from(SECRET), () => new Date())

export interface Member {
  id: string
  name: string
  /** Who decides on this person's goals; null for chiefs. */
  chief: Member | null
  /** An access token that begins now. */
  token(seconds?: number): Promise<string>
}

export interface Cast {
  chiefs: Member[]
  staff: Member[]
}

/**
 * Chiefs, each with as many people who report to them.
 * @param databaseUrl null: a file in `dataDir`
 */
export async function hire(
  dataDir: string,
  chiefs: number,
  staffEach: number,
  databaseUrl: string | null = null,
): Promise<Cast> {
  const database = await openAppDatabase({ dataDir, databaseUrl })
  async function add(name: string, chief: Member | null): Promise<Member> {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.test`
    return database.transaction(async tx => {
      const supervisor_id = chief?.id ?? null
      const { id } = await createUser(tx, null, { name, email, supervisor_id, password_hash: null })
      const session = await startSession(tx, { id, name }, { userAgent: 'faults' })
      return { id, name, chief, token: (seconds = HOUR_S) => tokens.sign(id, session, seconds) }
    })
  }
  const cast: Cast = { chiefs: [], staff: [] }
  try {
    for (let c = 1; c <= chiefs; c++) {
      const chief = await add(`Chief ${c}`, null)
      cast.chiefs.push(chief)
      for (let s = 1; s <= staffEach; s++) cast.staff.push(await add(`Staff ${c} ${s}`, chief))
    }
    return cast
  } finally {
    await database.close()
  }
}
