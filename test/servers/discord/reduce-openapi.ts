import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { isObject } from './checks/form-errors.ts'
import { OPENAPI_FILE } from './openapi.ts'
import { ROUTES } from './routes/all.ts'

/**
 * `npm run discord:openapi [FILE]` regenerates openapi.json from Discord's published description, or from a copy of it. Run it
 * when the loopback Discord gets a new route, or to check against Discord's current description.
 */
const SOURCE = 'https://raw.githubusercontent.com/discord/discord-api-spec/main/specs/openapi.json'

/** Keys that have no bearing on whether a body is valid. */
const PROSE = new Set(['description', 'title', 'externalDocs', 'example', 'examples'])

const [file] = process.argv.slice(2)
const text = file === undefined ? await download() : await readFile(file, 'utf8')
const reduced = { 'x-origin': originOf(text), ...reduce(JSON.parse(text)) }
await writeFile(OPENAPI_FILE, JSON.stringify(reduced))
await promisify(execFile)('npx', ['biome', 'format', '--write', OPENAPI_FILE])

async function download(): Promise<string> {
  const response = await fetch(SOURCE)
  if (!response.ok) throw new Error(`${SOURCE} answered ${response.status}`)
  return response.text()
}

function originOf(text: string): object {
  return {
    source: SOURCE,
    license: 'MIT',
    taken: new Date().toISOString().slice(0, 10),
    sha256: createHash('sha256').update(text).digest('hex'),
    holds: 'The request bodies of the operations that the loopback Discord serves, by reduce-openapi.ts.',
  }
}

/** The operations that are checked, without responses and prose, and the schemas that their bodies refer to. */
function reduce(document: unknown): object {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { method, template } of ROUTES) {
    const operation = at(document, 'paths', template, method.toLowerCase())
    if (operation === undefined || method === 'GET' || method === 'DELETE') continue
    const schema = at(operation, 'requestBody', 'content', 'application/json', 'schema')
    const described = schema === undefined ? {} : bodyOf(schema)
    paths[template] = { ...paths[template], [method.toLowerCase()]: described }
  }
  const schemas: Record<string, unknown> = {}
  const take = (node: unknown): void => {
    for (const name of referencesIn(node)) {
      if (name in schemas) continue
      schemas[name] = withoutProse(at(document, 'components', 'schemas', name))
      take(schemas[name])
    }
  }
  take(paths)
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { paths, components: { schemas: sorted } }
}

function bodyOf(schema: unknown): object {
  return { requestBody: { content: { 'application/json': { schema: withoutProse(schema) } } } }
}

function referencesIn(node: unknown): string[] {
  const found = JSON.stringify(node).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)
  return [...found].map(([, name = '']) => name)
}

/** A schema without its prose; `properties` names fields, which may share a name with the prose keys. */
function withoutProse(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutProse)
  if (!isObject(node)) return node
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => !PROSE.has(key))
      .map(([key, value]) => [
        key,
        key === 'properties' && isObject(value) ? fieldsOf(value) : withoutProse(value),
      ]),
  )
}

function fieldsOf(properties: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, withoutProse(schema)]))
}

function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), value)
}
