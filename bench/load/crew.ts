/** Load processes as whoever measures sees them: asked one thing at a time, from another process. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Hands } from './worker.ts'

const PROGRAM = fileURLToPath(new URL('worker.ts', import.meta.url))

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
