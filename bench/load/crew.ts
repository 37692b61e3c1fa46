/** Load processes as whoever measures sees them: asked one thing at a time, from another process. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Hands } from './worker.ts'

const PROGRAM = fileURLToPath(new URL('worker.ts', import.meta.url))

export type Worker = ReturnType<typeof hireWorker>

export function hireWorker() {
  const child = fork(PROGRAM, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const { pid } = child
  if (pid === undefined) throw new Error('A load process did not start')
  return {
    pid,
    ask<N extends keyof Hands>(
      name: N,
      job: Parameters<Hands[N]>[0],
    ): Promise<Awaited<ReturnType<Hands[N]>>> {
      return new Promise((resolve, reject) => {
        const ended = () => reject(new Error('A load process ended'))
        child.once('exit', ended)
        child.once('message', (answer: { result: Awaited<ReturnType<Hands[N]>> } | { error: string }) => {
          child.off('exit', ended)
          if ('error' in answer) reject(new Error(answer.error))
          else resolve(answer.result)
        })
        child.send({ name, job })
      })
    },
    dismiss: () => child.kill('SIGKILL'),
  }
}

/** Runs work with so many load processes, and ends them whatever becomes of it. */
export async function withCrew<R>(size: number, work: (crew: readonly Worker[]) => Promise<R>): Promise<R> {
  const crew = Array.from({ length: size }, hireWorker)
  try {
    return await work(crew)
  } finally {
    for (const worker of crew) worker.dismiss()
  }
}

/** Things dealt out to a crew, so that each has as many as the others. */
export function dealTo<T>(crew: readonly Worker[], things: readonly T[]): { worker: Worker; share: T[] }[] {
  return crew.map((worker, at) => ({
    worker,
    share: things.filter((_, number) => number % crew.length === at),
  }))
}
