/** A side with a server on a fresh database, for as long as one run takes. */
import type { Server, Side, Stage } from '../sides/side.ts'

export async function onStage<R>(
  side: Side,
  people: number,
  work: (server: Server) => Promise<R>,
): Promise<R> {
  return withStage(side, people, stage => withServer(stage, work))
}

export async function withStage<R>(
  side: Side,
  people: number,
  work: (stage: Stage) => Promise<R>,
): Promise<R> {
  const stage = await side.prepare(people)
  try {
    return await work(stage)
  } finally {
    await stage.close()
  }
}

export async function withServer<R>(stage: Stage, work: (server: Server) => Promise<R>): Promise<R> {
  const server = await stage.start()
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}
