/** The desk of whoever the address names (`?as=ann`): a bell, toasts, and a form that gives somebody a ticket. */
import { createInbox, type InboxItem } from '@pms/client'
import { Bell, InboxProvider, Toaster } from '@pms/react'
import '@pms/react/styles.css'
import { createRoot } from 'react-dom/client'

const me = new URLSearchParams(location.search).get('as') ?? 'ann'
const inbox = createInbox({ url: '', getToken: async () => me })
inbox.connect()

const open = (item: InboxItem) => location.assign(item.action_url ?? '#')
const assign = async (form: FormData) => {
  const ticket = { from: me, ...Object.fromEntries(form) }
  await fetch('/tickets', { method: 'POST', body: JSON.stringify(ticket) })
}

createRoot(document.body).render(
  <InboxProvider inbox={inbox}>
    <h1>
      Desk of {me} <Bell onOpen={open} />
    </h1>
    <Toaster onOpen={open} />
    <form action={assign}>
      <input name="subject" aria-label="Subject" placeholder="What is wrong" required />
      <input name="to" aria-label="For" placeholder="For whom" required />
      <button type="submit">Assign</button>
    </form>
  </InboxProvider>,
)
