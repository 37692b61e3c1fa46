/**
 * Up to where the person has been told what is new, kept where every tab of the browser finds it: also one that
 * slept while others told, and one that has to go on where another one crashed.
 */
import type { SharedEnvironment } from './environment.ts'

export interface Told {
  /** Null where nothing is known of this database. */
  read(epoch: string | null): number | null
  /** Never goes back. */
  write(epoch: string | null, upTo: number): void
  forget(): void
}

export function createTold({ memory }: Pick<SharedEnvironment, 'memory'>, name: string): Told {
  const told: Told = {
    read(epoch) {
      const [of, upTo] = (memory.read(name) ?? '').split(' ')
      return of !== undefined && of === epoch && upTo !== undefined ? Number(upTo) : null
    },
    write(epoch, upTo) {
      const before = told.read(epoch)
      if (epoch !== null && (before === null || upTo > before)) memory.write(name, `${epoch} ${upTo}`)
    },
    forget: () => memory.write(name, null),
  }
  return told
}
