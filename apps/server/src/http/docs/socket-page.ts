/** The page on which the socket can be read: made from its AsyncAPI document, without a script. */
import type { AsyncApi, AsyncMessage } from '@pms/protocol/asyncapi'
import type { Schema } from './document.ts'
import { fieldsOf } from './fields.ts'
import { type Html, html, prose } from './html.ts'

export const STYLES = '/api/docs/socket.css'

const SECTIONS = [
  ['connecting', 'Connecting'],
  ['server', 'What the server says'],
  ['commands', 'Commands'],
  ['shapes', 'Notifications'],
  ['errors', 'Errors'],
  ['end', 'The end of a socket'],
] as const

/** With the name under which the document has it: `sync` is a command, and the page that answers it. */
type Shown = AsyncMessage & { id: string }

export function socketPage(document: AsyncApi): string {
  const messages = Object.entries<AsyncMessage>(document.components.messages).map(([id, message]) => ({
    id,
    ...message,
  }))
  // Every command is received by an operation of its own.
  const said = messages.filter(({ id }) => !(id in document.operations))
  const commands = messages.filter(({ id }) => id in document.operations)
  const { socket } = document.channels
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${document.info.title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${STYLES}">
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header>
<strong>PMS</strong>
<nav aria-label="Documents">
<a href="/api/docs">REST</a>
<a href="/api/docs/socket" aria-current="page">Socket</a>
<a href="/api/asyncapi.json">asyncapi.json</a>
</nav>
</header>
<div class="page">
<nav class="contents" aria-label="On this page">
<ul>
${SECTIONS.map(([id, title]) => html`<li><a href="#${id}">${title}</a>${linksOf(id, said, commands)}</li>`)}
</ul>
</nav>
<main id="main">
<h1>${document.info.title}</h1>
<p class="lead">${prose(document.info.description)}</p>
<section id="connecting">
<h2>Connecting</h2>
<pre tabindex="0"><code>wss://${document.servers.wss?.variables.host.default}${socket.address}</code></pre>
<p>${prose(socket.description)}</p>
${table('In the address', socket.bindings.ws.query)}
${table('Headers', socket.bindings.ws.headers)}
<h3>Getting in</h3>
<dl>${Object.entries(document.components.securitySchemes).map(
    ([name, scheme]) => html`<dt>${name}</dt><dd>${prose(scheme.description)}</dd>`,
  )}</dl>
</section>
<section id="server">
<h2>What the server says</h2>
${said.map(message => article(message))}
</section>
<section id="commands">
<h2>Commands</h2>
<p>Text frames. Each is answered by the change it made, which every socket of the person hears, or by an error.</p>
${commands.map(message => article(message, document.operations[message.id]?.reply?.messages))}
</section>
<section id="shapes">
<h2>Notifications</h2>
${Object.entries(document.components.schemas).map(([name, schema]) => table(name, schema))}
</section>
<section id="errors">
<h2>Errors</h2>
<dl>${Object.entries(socket['x-error-codes']).map(
    ([code, why]) => html`<dt><code>${code}</code></dt><dd>${prose(why)}</dd>`,
  )}</dl>
</section>
<section id="end">
<h2>The end of a socket</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Close codes"><table>
<thead><tr><th scope="col">Code</th><th scope="col">Why</th><th scope="col">What to do</th></tr></thead>
<tbody>${socket['x-close-codes'].map(
    ({ code, why, then }) =>
      html`<tr><th scope="row"><code>${code}</code></th><td>${prose(why)}</td><td>${prose(then)}</td></tr>`,
  )}</tbody>
</table></div>
</section>
</main>
</div>
</body>
</html>
`.text
}

function linksOf(section: string, said: readonly Shown[], commands: readonly Shown[]) {
  const shown = section === 'server' ? said : section === 'commands' ? commands : []
  if (shown.length === 0) return undefined
  return html`<ul>${shown.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul>`
}

function article(message: Shown, replies: readonly { $ref: string }[] = []): Html {
  const { id, name, summary, description, payload, examples } = message
  const heard = replies.map(({ $ref }) => $ref.split('/').at(-1) ?? '')
  return html`<article id="${id}">
<h3><code>${name}</code></h3>
<p>${prose(summary)}.${description ? html` ${prose(description)}` : undefined}</p>
${table('Fields', payload as Schema)}
${examples.map(({ payload: example }) => html`<pre tabindex="0"><code>${textOf(example)}</code></pre>`)}
${
  heard.length === 0
    ? undefined
    : html`<p class="heard">You hear ${heard.map(
        (other, at) =>
          html`${at === 0 ? '' : at === heard.length - 1 ? ' or ' : ', '}<a href="#${other}"><code>${other}</code></a>`,
      )}.</p>`
}
</article>
`
}

const textOf = (example: unknown) =>
  typeof example === 'string' ? example : JSON.stringify(example, null, 2)

function table(title: string, schema: object): Html | undefined {
  const fields = fieldsOf(schema as Schema)
  if (fields.length === 0) return undefined
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${title}"><table>
<caption>${title}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>${fields.map(
    ({ name, type, isOptional, meaning }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${type}${
        isOptional ? html` <small>optional</small>` : undefined
      }</td><td>${prose(meaning)}</td></tr>`,
  )}</tbody>
</table></div>`
}
