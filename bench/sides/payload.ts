/** What is told in every measure, and to every side: a goal that somebody was given, as in the guide. */

export const TYPE = 'goal_offered'
export const PRIORITY = 'high'
export const RAISER = 'John Doe'
export const TITLE = 'New Goal Assigned to You'

/** Templates for sides that take some; the others fill them by `wordsOf`. */
export const MESSAGE = `${RAISER} has assigned you a new goal: '{goal}'. Please review and accept or decline.`
export const ACTION_URL = '/goals/{goal_id}/respond'

/** `number` tells one notification from all others. */
export interface Data {
  goal_id: string
  goal: string
  number: number
}

export interface Body {
  type: string
  to: { user_id: string }[]
  data: Data
}

export function bodyFor(to: readonly string[], number: number): Body {
  return {
    type: TYPE,
    to: to.map(user_id => ({ user_id })),
    data: { goal_id: '7d9f3b1a-5c4e-4f6d-8a2b-1c3d5e7f9a0b', goal: 'Complete Q1 Training', number },
  }
}

/** What is written down and told of one notification. */
export interface Content {
  type: string
  priority: string
  title: string
  message: string
  action_url: string
  data: object
}

export function contentOf({ type, data }: Body): Content {
  const { goal, goal_id } = data
  return {
    type,
    priority: PRIORITY,
    title: TITLE,
    message: MESSAGE.replace('{goal}', goal),
    action_url: ACTION_URL.replace('{goal_id}', encodeURIComponent(goal_id)),
    data,
  }
}

/** What everybody is told at once. */
export const ANNOUNCEMENT = {
  title: 'Office closed on Friday',
  body: 'The head office is closed on Friday because of works on the power supply. Please work from home that day.',
  audience: 'everyone',
  publish: true,
}

export function announced(id: string, { title, body }: { title: string; body: string }): Content {
  const data = { announcement_id: id }
  return {
    type: 'system_announcement',
    priority: 'medium',
    title,
    message: body,
    action_url: `/announcements/${id}`,
    data,
  }
}
