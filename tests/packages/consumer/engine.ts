/** The engine in memory: one notification is raised and read, and the counters hold. */
import { createInboxes, defineNotification, memoryBus, notify } from '@pms/notifier'
import { openDatabase, sqlite } from '@pms/notifier/database'
import { wrongCounters } from '@pms/notifier/testing'
import { CLOSE_CODES } from '@pms/protocol'
import Type from 'typebox'

const parcelArrived = defineNotification<{ from: string }>()({
  type: 'parcel_arrived',
  priority: 'high',
  data: Type.Object({ parcel_id: Type.String() }),
  title: () => 'Parcel',
  message: ({ words }) => `A parcel from ${words.from} has arrived.`,
  actionUrl: ({ data }) => `/parcels/${data.parcel_id}`,
})

const database = await openDatabase({ engine: sqlite(':memory:'), bus: memoryBus() })
await database.transaction(async tx =>
  notify(tx, parcelArrived, {
    to: 'amy',
    actor: null,
    data: { parcel_id: 'p1' },
    words: { from: 'Dan' },
  }),
)
const { notifications, unread_count } = await createInboxes(database).list('amy', { skip: 0, limit: 10 })
const wrong = await wrongCounters(database.db)
await database.close()
const said = notifications.map(({ message, action_url }) => `${message} ${action_url}`)
process.stdout.write(JSON.stringify({ said, unread_count, wrong, restart: CLOSE_CODES.restart }))
