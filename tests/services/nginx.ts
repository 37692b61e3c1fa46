/** An nginx of the tests' own, with the configuration that deploy/nginx ships: only addresses and paths are ours. */
import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram, freePort, makeFolder, removeFolder, servant, start, until } from './program.ts'

export type Nginx = Awaited<ReturnType<typeof startNginx>>

const SHIPPED = fileURLToPath(new URL('../../deploy/nginx/', import.meta.url))

/** @param nodes ports on this machine of the servers behind it */
export async function startNginx(nodes: readonly number[]) {
  const owner = servant('www-data')
  const folder = makeFolder('nginx', owner)
  const port = await freePort()
  const shipped = writeShipped(folder, nodes, port)
  const main = writeMain(folder, join(shipped, 'site.conf'))
  if (owner) chownSync(shipped, owner.uid, owner.gid)
  const program = findProgram('nginx')
  execFileSync(program, ['-t', '-q', '-c', main, '-e', 'stderr'], { ...owner, cwd: '/' })

  const running = start(program, ['-c', main, '-e', 'stderr'], owner)
  await until(() => reach(port), running)
  const read = (name: string) => readFileSync(join(folder, 'log', name), 'utf8')

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    accessLog: () => read('pms.access.log'),
    errorLog: () => read('pms.error.log'),
    async stop(): Promise<void> {
      running.signal('SIGTERM')
      await running.ended
      removeFolder(folder)
    },
  }
}

/** A copy of what is shipped, with addresses and paths of this test. */
function writeShipped(folder: string, nodes: readonly number[], port: number): string {
  const shipped = join(folder, 'pms')
  mkdirSync(shipped)
  for (const name of readdirSync(SHIPPED)) {
    const text = readFileSync(join(SHIPPED, name), 'utf8')
      .replaceAll('/etc/nginx/pms/', `${shipped}/`)
      .replaceAll('/var/log/nginx/', `${folder}/log/`)
      .replace('listen 80 default_server', `listen 127.0.0.1:${port}`)
      .replace(/^ *listen \[::\]:80 default_server;\n/m, '')
    writeFileSync(join(shipped, name), name === 'nodes.conf' ? withNodes(text, nodes) : text)
  }
  return shipped
}

/** Each line that names a server, for these servers: groups of lines that follow each other are one list. */
function withNodes(text: string, nodes: readonly number[]): string {
  return text.replace(/(?: +server 127\.0\.0\.1:.*\n)+/g, list => {
    const [line = ''] = list.split('\n')
    return nodes.map(node => `${line.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${node}`)}\n`).join('')
  })
}

/** What Debian's own nginx.conf says around it. */
function writeMain(folder: string, site: string): string {
  for (const name of ['log', 'body', 'proxy']) mkdirSync(join(folder, name))
  const owner = servant('www-data')
  if (owner) for (const name of ['log', 'body', 'proxy']) chownSync(join(folder, name), owner.uid, owner.gid)
  const main = join(folder, 'nginx.conf')
  writeFileSync(
    main,
    `daemon off;
worker_processes 2;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 4096; }
http {
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/proxy;
  uwsgi_temp_path ${folder}/proxy;
  scgi_temp_path ${folder}/proxy;
  include ${site};
}
`,
  )
  return main
}

function reach(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve()
    })
    socket.on('error', reject)
  })
}
