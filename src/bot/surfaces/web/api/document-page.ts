import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** The parts of an OpenAPI document that the page shows. */
interface Shown {
  info: { title: string; description?: string }
  tags?: { name: string; description?: string }[]
  paths?: Record<string, object>
  components?: { schemas?: Record<string, unknown> }
}

interface Operation {
  method: string
  path: string
  operationId?: string
  summary?: string
  tags?: string[]
  'x-scope'?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>
}

interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  description?: string
  default?: unknown
  minimum?: number
  maximum?: number
}

const METHODS = ['get', 'post', 'patch', 'put', 'delete']

/** The document as an HTML page, without scripts or anything from other sites. */
export function documentPage(document: object): Html {
  const { info, tags = [], paths = {}, components } = document as Shown
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]): Operation => ({ ...operation, method, path })),
  )
  const schemas = Object.entries((components?.schemas ?? {}) as Record<string, Schema>)
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${info.title}: API</title>
    <link rel="icon" href="/studio/src/bot/surfaces/web/client/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/api/docs.css" />
  </head>
  <body>
    <main>
      <h1>${info.title}: API</h1>
      ${paragraphs(info.description ?? '')}
      <p><a href="/api/openapi.json">openapi.json</a></p>
      ${tags.map((tag) => section(tag, operations))}
      <h2>Objects</h2>
      ${schemas.map(([name, schema]) => object(name, schema))}
    </main>
  </body>
</html>`
}

function section({ name, description = '' }: { name: string; description?: string }, all: Operation[]): Html {
  const own = all.filter(({ tags }) => tags?.includes(name))
  if (own.length === 0) return html``
  return html`<h2>${name}</h2>
      <p>${description}</p>
      ${own.map(article)}`
}

function article(operation: Operation): Html {
  const {
    method,
    path,
    operationId = '',
    summary = '',
    parameters = [],
    requestBody,
    responses = {},
  } = operation
  const sent = requestBody?.content?.['application/json']?.schema
  const rows = parameters.map(({ name, in: place, required = false, description, schema = {} }) =>
    row(`${name} (${place})`, { ...schema, ...(description !== undefined && { description }) }, required),
  )
  return html`<article id="${operationId}">
        <h3><code>${method.toUpperCase()} ${path}</code></h3>
        <p>${summary}${operation['x-scope'] ? ` · scope: ${operation['x-scope']}` : ''}</p>
        ${rows.length > 0 ? table(rows) : ''} ${sent ? html`<p>Body: ${kind(sent)}</p>` : ''}
        <p>
          ${Object.entries(responses)
            .filter(([status]) => status < '400')
            .map(([status, { description = '', content = {} }]) => answer(status, description, content))}
        </p>
      </article>`
}

function answer(status: string, description: string, content: Record<string, { schema?: Schema }>): Html {
  const schema = Object.values(content)[0]?.schema
  return html`<span class="answer"><b>${status}</b> ${description}${schema ? html`: ${kind(schema)}` : ''}</span> `
}

function object(name: string, { properties = {}, required = [], description = '' }: Schema): Html {
  const rows = Object.entries(properties).map(([field, schema]) =>
    row(field, schema, required.includes(field)),
  )
  return html`<article id="object-${name}">
        <h3><code>${name}</code></h3>
        ${description === '' ? '' : html`<p>${description}</p>`} ${rows.length > 0 ? table(rows) : ''}
      </article>`
}

function table(rows: Html[]): Html {
  return html`<table>
          <tbody>
            ${rows}
          </tbody>
        </table>`
}

function row(name: string, schema: Schema, isRequired: boolean): Html {
  const preset = schema.default === undefined ? '' : ` Default: ${JSON.stringify(schema.default)}.`
  return html`<tr>
              <th scope="row"><code>${name}</code>${isRequired ? '' : html` <small>optional</small>`}</th>
              <td>${kind(schema)}</td>
              <td>${schema.description ?? ''}${preset}</td>
            </tr>`
}

/** The type of a value, with links to the objects described below. */
function kind(schema: Schema): Html {
  const name = schema.$ref?.split('/').at(-1)
  if (name !== undefined) return html`<a href="#object-${name}">${name}</a>`
  const either = schema.anyOf ?? schema.oneOf
  if (either) return html`${either.map((each, index) => html`${index > 0 ? ' or ' : ''}${kind(each)}`)}`
  if (schema.items) return html`list of ${kind(schema.items)}`
  if (schema.enum) return html`${schema.enum.map(String).join(' | ')}`
  if (schema.const !== undefined) return html`${JSON.stringify(schema.const)}`
  if (schema.properties) {
    const fields = Object.entries(schema.properties)
    return html`{ ${fields.map(([field, each], index) => html`${index > 0 ? ', ' : ''}${field}: ${kind(each)}`)} }`
  }
  const { minimum, maximum } = schema
  const range = minimum === undefined && maximum === undefined ? '' : ` ${minimum ?? ''}–${maximum ?? ''}`
  return html`${[schema.type ?? 'anything'].flat().join(' or ')}${range}`
}

function paragraphs(text: string): Html[] {
  return text.split('\n\n').map((each) => html`<p>${withCode(each)}</p>`)
}

/** Turns text between backticks into code. */
function withCode(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}

export const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
article { border-top: 1px solid GrayText; padding: 0.5rem 0 1rem; overflow-x: auto; }
h3 { font-size: 1rem; margin: 0.5rem 0; overflow-wrap: anywhere; }
p { margin: 0.5rem 0; }
code { font: 0.95em ui-monospace, monospace; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 0.15rem 1rem 0.15rem 0; font-weight: normal; }
small { opacity: 0.75; }
.answer { display: block; }
`
