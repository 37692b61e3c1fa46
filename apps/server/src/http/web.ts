/** The web app: files as they were built, and its one page for every address that it may know. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { Http } from './server.ts'

const BUILT = fileURLToPath(new URL('../../../web/dist', import.meta.url))

const NOT_BUILT = 'The web app is not built yet. Run: npm start\nThe API is up: see /api/docs\n'

export async function serveWeb(http: Http, folder = BUILT): Promise<(reply: FastifyReply) => FastifyReply> {
  await http.register(fastifyStatic, {
    root: folder,
    suppressWarning: true,
    cacheControl: false,
    setHeaders(response, path) {
      // Names of built assets change with their content; those of everything else do not.
      const isHashed = path.startsWith(join(folder, 'assets'))
      response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  return reply =>
    existsSync(join(folder, 'index.html'))
      ? reply.sendFile('index.html')
      : reply.code(503).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(NOT_BUILT)
}
