/** `npm run docs`: writes the pages of docs/ that are made from the code. */
import { writeFileSync } from 'node:fs'
import { allNotifications } from '../apps/server/src/app.ts'
import { notificationsPage } from './docs/notifications.ts'

const page = new URL('../docs/notifications.md', import.meta.url)
writeFileSync(page, notificationsPage(allNotifications))
console.log('docs/notifications.md')
