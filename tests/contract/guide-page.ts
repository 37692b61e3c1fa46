/**
 * A page written as the guide teaches it, in plain JavaScript that knows no package of ours, and a stand-in for the
 * browser around it. Only the address and what the page does on its screen are filled in.
 */
import { createContext, runInContext } from 'node:vm'
import type { TestServer } from '../../apps/server/src/testing/index.ts'

/** `host`, `getAuthToken` and the things on the screen come from the browser around it. */
const PAGE = `
const token = getAuthToken()
let ws

function connectWebSocket() {
  ws = new WebSocket(\`ws://\${host}/api/notifications/ws?token=\${token}\`)

  ws.onopen = () => {
    console.log('Connected to notification service')
    setInterval(() => {
      if (ws.readyState === WebSocket.OPEN) {
        ws.send('ping')
      }
    }, 30000)
  }

  ws.onmessage = (event) => {
    const data = JSON.parse(event.data)
    switch (data.type) {
      case 'connection_established':
        console.log('Connection established:', data.user_id)
        break
      case 'new_notification':
        handleNewNotification(data.notification)
        break
      case 'marked_read':
        updateNotificationUI(data.notification_id)
        break
      default:
        console.log('Unknown message type:', data)
    }
  }

  ws.onerror = (error) => {
    console.error('WebSocket error:', error)
  }

  ws.onclose = () => {
    console.log('Disconnected from notification service')
    setTimeout(connectWebSocket, 5000)
  }
  return ws
}

function handleNewNotification(notification) {
  screen.badge += 1
  screen.toasts.push({
    title: notification.title,
    message: notification.message,
    priority: notification.priority,
    onClick: () => {
      if (notification.action_url) {
        screen.path = notification.action_url
      }
    }
  })
  screen.list.unshift(notification)
  if (notification.priority === 'high' || notification.priority === 'urgent') {
    screen.sounds += 1
  }
}

function updateNotificationUI(notificationId) {
  screen.read.push(notificationId)
}

function markAsReadViaWS(notificationId) {
  ws.send(\`mark_read:\${notificationId}\`)
}

async function markAsReadViaAPI(notificationId) {
  await fetch(\`/api/notifications/\${notificationId}/read\`, {
    method: 'PUT',
    headers: {
      'Authorization': \`Bearer \${token}\`,
      'Content-Type': 'application/json'
    }
  })
}

async function markAllAsRead() {
  const response = await fetch('/api/notifications/mark-all-read', {
    method: 'PUT',
    headers: {
      'Authorization': \`Bearer \${token}\`,
      'Content-Type': 'application/json'
    }
  })
  return (await response.json()).message
}

const fetchNotifications = async () => {
  const response = await fetch('/api/notifications?limit=10&unread_only=true')
  const data = await response.json()
  screen.list = data.notifications
  screen.badge = data.unread_count
}

async function createPersonalGoal(goal) {
  const response = await fetch('/api/goals', {
    method: 'POST',
    headers: {
      'Authorization': \`Bearer \${token}\`,
      'Content-Type': 'application/json'
    },
    body: JSON.stringify(goal)
  })
  return (await response.json()).id
}

async function approveGoal(goalId) {
  await fetch(\`/api/goals/\${goalId}/approve\`, {
    method: 'PUT',
    headers: {
      'Authorization': \`Bearer \${token}\`
    }
  })
}

globalThis.page = {
  connectWebSocket,
  fetchNotifications,
  markAsReadViaWS,
  markAsReadViaAPI,
  markAllAsRead,
  createPersonalGoal,
  approveGoal
}
`

interface Shown {
  id: string
  message: string
}

/** What the page calls its own. */
interface Page {
  connectWebSocket(): WebSocket
  fetchNotifications(): Promise<void>
  markAsReadViaWS(id: string): void
  markAsReadViaAPI(id: string): Promise<void>
  markAllAsRead(): Promise<string>
  createPersonalGoal(goal: object): Promise<string>
  approveGoal(id: string): Promise<void>
}

/** Opens the page in a browser that is signed in with this email. */
export async function openPage(server: TestServer, email: string, password: string) {
  const { post, cookies } = server.browser()
  const { body } = await post<{ access_token: string }>('/api/auth/login', { email, password })

  const screen = {
    badge: 0,
    sounds: 0,
    path: '/',
    list: [] as Shown[],
    toasts: [] as { onClick(): void }[],
    read: [] as string[],
  }
  const log: string[] = []
  /** What no handler of the page caught; a browser shows it in its console, and the page goes on. */
  const uncaught: unknown[] = []
  const intervals: { work: () => void; ms: number }[] = []
  const timeouts: { work: () => void; ms: number }[] = []
  const write = (...words: unknown[]) => log.push(words.map(String).join(' '))

  class BrowserSocket extends WebSocket {
    override set onmessage(handler: (event: MessageEvent) => void) {
      super.onmessage = event => {
        try {
          handler(event)
        } catch (error) {
          uncaught.push(error)
        }
      }
    }
  }

  const world = createContext({
    host: new URL(server.url).host,
    getAuthToken: () => body.access_token,
    WebSocket: BrowserSocket,
    fetch: (path: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers)
      headers.set('cookie', cookies.headerFor(path))
      return fetch(server.url + path, { ...init, headers })
    },
    setInterval: (work: () => void, ms: number) => intervals.push({ work, ms }),
    setTimeout: (work: () => void, ms: number) => timeouts.push({ work, ms }),
    console: { log: write, error: write },
    screen,
  })
  runInContext(PAGE, world)
  return { ...(world.page as Page), screen, log, uncaught, intervals, timeouts }
}
