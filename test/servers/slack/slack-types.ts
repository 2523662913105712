import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'

const require = createRequire(import.meta.url)
const PACKAGE = path.dirname(require.resolve('@slack/types/package.json'))
const CHECKED = ['KnownBlock', 'ModalView', 'HomeView'] as const
type TypeName = (typeof CHECKED)[number]

const schemas = await schemasOfTypes()
const ajv = new Ajv({ strict: false, allErrors: true })
const compiled = new Map<TypeName, ValidateFunction>()

/**
 * How a value violates the types of `@slack/types`, in Slack's wording; empty if it doesn't. The schemas are generated from the
 * package's own declarations, so unknown fields and kinds of blocks are refused.
 *
 * @param pointer Position of the value in the call, as a JSON pointer.
 */
export function againstTypes(type: TypeName, value: unknown, pointer: string): string[] {
  const validate = compiled.get(type) ?? ajv.compile(schemas[type])
  compiled.set(type, validate)
  if (validate(value)) return []
  // Most errors only say which other kinds of block it is not; the deepest one says what is wrong with the kind that it is.
  const deepest = (validate.errors ?? []).toSorted(
    (a, b) => b.instancePath.split('/').length - a.instancePath.split('/').length,
  )[0]
  return [
    `[ERROR] not of the type ${type}: ${deepest?.message} [json-pointer:${pointer}${deepest?.instancePath}]`,
  ]
}

/** Generating them takes the TypeScript compiler a second or two, so they are cached next to the installed packages. */
async function schemasOfTypes(): Promise<Record<TypeName, object>> {
  const { version } = require('@slack/types/package.json')
  const cache = path.join(PACKAGE, '..', '..', '.cache', 'slack-types')
  const file = path.join(cache, `${version}.json`)
  if (!existsSync(file)) {
    const { createGenerator } = await import('ts-json-schema-generator')
    const generator = createGenerator({
      path: path.join(PACKAGE, 'dist', 'index.d.ts'),
      type: '*',
      additionalProperties: false,
      skipTypeCheck: true,
    })
    const schemas = Object.fromEntries(CHECKED.map((type) => [type, generator.createSchema(type)]))
    mkdirSync(cache, { recursive: true })
    const temporary = `${file}.${randomUUID()}`
    writeFileSync(temporary, JSON.stringify(schemas))
    renameSync(temporary, file)
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}
