/** Sending a file, with word of how far it is: what `fetch` cannot tell. */
import { session } from './browser-session.ts'
import { errorOf, unreachable } from './problem.ts'

interface Options {
  /** Called with the share that is sent, from 0 to 1. */
  onProgress: (share: number) => void
  signal: AbortSignal
}

export async function upload<T>(path: string, file: File, options: Options): Promise<T> {
  const token = await session.token()
  let response = await send(path, file, token, options)
  if (response.status === 401 && token) {
    const fresh = await session.token(token)
    if (fresh) response = await send(path, file, fresh, options)
  }
  if (!response.ok) throw await errorOf(response)
  return (await response.json()) as T
}

function send(path: string, file: File, token: string | null, { onProgress, signal }: Options) {
  return new Promise<Response>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('accept', 'application/json')
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }))
    request.onerror = () => reject(unreachable())
    request.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => request.abort(), { once: true })
    const form = new FormData()
    form.set('file', file)
    request.send(form)
  })
}
