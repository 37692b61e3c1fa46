/** The bell rendered on a server. */
import { createInbox } from '@pms/client'
import { Bell, InboxProvider } from '@pms/react'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'

const inbox = createInbox({ url: 'http://127.0.0.1:1', getToken: async () => 'token' })
const bell = createElement(Bell, { onOpen: () => {} })
process.stdout.write(renderToString(createElement(InboxProvider, { inbox, children: bell })))
