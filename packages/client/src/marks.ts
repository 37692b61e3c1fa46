/** By which version all was marked read: only the socket tells, and to undo it one must name it. */

export interface Marks {
  /** Asked before all is marked read up to a place; resolves when the socket tells of it, which may be never. */
  expect(throughSeq: number): Promise<number>
  told(throughSeq: number, version: number): void
}

export function createMarks(): Marks {
  const waiting = new Map<number, Array<(version: number) => void>>()

  return {
    expect: throughSeq =>
      new Promise(resolve => {
        waiting.set(throughSeq, [...(waiting.get(throughSeq) ?? []), resolve])
      }),
    told(throughSeq, version) {
      for (const resolve of waiting.get(throughSeq) ?? []) resolve(version)
      waiting.delete(throughSeq)
    },
  }
}
