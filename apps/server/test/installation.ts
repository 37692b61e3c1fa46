/** What tests of the operators' commands have in common: a server as people run it, and everything a database holds. */
import type { TokenResponse } from '@pms/contract'
import type { NotificationPage } from '@pms/protocol'
import { Kysely, sql } from 'kysely'
import { hashPassword } from '../src/auth/passwords.ts'
import { openAppDatabase } from '../src/database.ts'
import { DEMO_PASSWORD } from '../src/demo/accounts.ts'
import { createUser } from '../src/features/people/actions.ts'
import { placeOf } from '../src/operate/place.ts'
import { readShape } from '../src/operate/shape.ts'
import { createRest } from '../src/testing/rest.ts'
import { openSocket, type TestSocket } from '../src/testing/socket.ts'
import type { createWorkplace } from './programs.ts'

type Workplace = ReturnType<typeof createWorkplace>

/** Starts a server in a workplace. `stop` stops it as a deployment does. */
export async function serve(place: Workplace, variables: Record<string, string> = {}) {
  // One who writes without rest is quicker than anybody may be.
  const program = place.start('main.ts', [], { PORT: '0', REST_PER_SECOND: '10000', ...variables })
  const [, url = ''] = await program.printed(/PMS is ready: (http:\/\/\S+)/)
  return {
    url,
    async stop(): Promise<void> {
      program.signal('SIGTERM')
      await program.ended
    },
  }
}

/** Somebody who signs in, seen from outside. The people of the demo all have one password. */
export async function signIn(url: string, email: string, password = DEMO_PASSWORD) {
  const credentials = { email, password }
  const { body } = await createRest(url).post<TokenResponse>('/api/auth/login', credentials)
  const token = body.access_token
  const rest = createRest(url, { token })
  return {
    token,
    rest,
    inbox: async () => (await rest.get<NotificationPage>('/api/notifications?limit=100')).body,
    /** @param resume what a client knew that was here before */
    socket(resume: { since?: number; epoch?: string } = {}, at = url): Promise<TestSocket> {
      const address = new URL(`${at.replace('http', 'ws')}/api/notifications/ws`)
      address.searchParams.set('token', token)
      for (const [name, value] of Object.entries(resume)) address.searchParams.set(name, String(value))
      return openSocket(address)
    },
  }
}

/** A boss and somebody who reports to them, in an empty database. Their password is that of the demo. */
export async function hireTwo(database: { dataDir: string; databaseUrl: string | null }): Promise<void> {
  const { transaction, close } = await openAppDatabase(database)
  const password_hash = await hashPassword(DEMO_PASSWORD)
  await transaction(async tx => {
    const { id } = await createUser(tx, null, { name: 'Amy', email: 'amy@example.test', password_hash })
    await createUser(tx, null, { name: 'Bob', email: 'bob@example.test', password_hash, supervisor_id: id })
  })
  await close()
}

/**
 * Every row of every table as text, sorted, so that two engines can be compared.
 * @param address as operators name it
 */
export async function allRows(address: string): Promise<Record<string, string[]>> {
  const { tables } = await readShape()
  const db = new Kysely<object>({ dialect: placeOf(address).engine().dialect })
  try {
    const all: Record<string, string[]> = {}
    for (const { name } of [...tables, { name: 'installation' }]) {
      const { rows } = await sql<object>`select * from ${sql.table(name)}`.execute(db)
      all[name] = rows.map(row => JSON.stringify(Object.entries(row).sort())).sort()
    }
    return all
  } finally {
    await db.destroy()
  }
}
