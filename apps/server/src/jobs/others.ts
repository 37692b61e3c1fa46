/** Those who wait for an answer while a long job is at work in the same process: it lets them pass. */
import { setImmediate as turn } from 'node:timers/promises'

export interface Others {
  /** Whether somebody called within the last moments, and so may again: then steps are to be short. */
  areAbout(): boolean
  /** Between two steps: resolves when nobody waits for an answer, or has waited long enough not to stop all else. */
  pass(): Promise<void>
}

/** Where nobody calls. */
export const nobodyElse: Others = { areAbout: () => false, pass: () => turn() }
