/** The parcels of whoever the address names (`?as=ann`), live, without a framework; below it the counter itself. */
import { createInbox } from '@pms/client'

const me = new URLSearchParams(location.search).get('as') ?? 'ann'
const inbox = createInbox({ url: '', getToken: async () => me })
const element = (id: string) => document.getElementById(id) as HTMLElement
const call = (path: string, body: object) =>
  fetch(path, { method: 'POST', headers: { authorization: `Bearer ${me}` }, body: JSON.stringify(body) })

inbox.subscribe(() => {
  const { items, connection } = inbox.getSnapshot()
  const waiting = items.filter(item => item.needs_action && !item.resolved_at)
  element('waiting').textContent = String(waiting.length)
  element('connection').textContent = connection.status
  element('parcels').replaceChildren(
    ...waiting.map(({ message, data }) => {
      const row = document.createElement('li')
      const fetched = document.createElement('button')
      fetched.textContent = 'I have it'
      fetched.onclick = () => call(`/api/parcels/${data?.parcel_id}/handed-out`, {})
      row.append(message, ' ', fetched)
      return row
    }),
  )
})
inbox.on('notification', ({ notification }) => {
  document.title = notification.title
})
inbox.connect()

element('me').textContent = me
element('counter').onsubmit = event => {
  event.preventDefault()
  const form = event.target as HTMLFormElement
  void call('/api/parcels', Object.fromEntries(new FormData(form))).then(() => form.reset())
}
