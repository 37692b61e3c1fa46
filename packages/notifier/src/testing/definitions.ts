/** Notifications of an imaginary ticket desk, for the engine's own tests. */
import Type from 'typebox'
import { defineNotification } from '../define.ts'

export const ticketAssigned = defineNotification<{ subject: string }>()({
  type: 'ticket_assigned',
  priority: 'high',
  needsAction: true,
  data: Type.Object({ ticket_id: Type.String() }),
  title: () => 'New ticket',
  message: ({ actor, words }) => `${actor} has assigned you '${words.subject}'.`,
  actionUrl: ({ data }) => `/tickets/${data.ticket_id}`,
})

export const ticketClosed = defineNotification()({
  type: 'ticket_closed',
  priority: 'low',
  data: Type.Object({ ticket_id: Type.String() }),
  title: () => 'Ticket closed',
  message: ({ actor }) => `${actor || 'The system'} closed a ticket.`,
  actionUrl: () => null,
})
