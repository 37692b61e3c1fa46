/**
 * How many sockets each person has, at all nodes together. A node is one process with a hub. What is told here is for
 * counting and for limits: delivery does not depend on it.
 */

export interface Totals {
  activeUsers: number
  totalConnections: number
}

export interface Presence {
  /**
   * One more socket of a person comes to this node. Answers whether they have room for it, at most so many at all nodes
   * together; where not, it did not come. True while the other nodes cannot be asked: nobody is sent away for that.
   */
  enter(userId: string, most: number): Promise<boolean>
  /** One that came is gone. Never throws and never waits. */
  leave(userId: string): void
  /** Of all nodes; of this one while the others cannot be asked. */
  totals(): Promise<Totals>
  /** Whether a person has a socket anywhere; here, while the other nodes cannot be asked. */
  isPresent(userId: string): Promise<boolean>
  /** This node counts no more. */
  close(): Promise<void>
}
