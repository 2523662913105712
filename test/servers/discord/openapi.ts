import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { isObject } from './checks/form-errors.ts'
import type { Violation } from './types.ts'

/** The checked part of Discord's own published description of its API; reduce-openapi.ts generates it and names the source. */
export const OPENAPI_FILE = path.join(import.meta.dirname, 'openapi.json')

export interface OpenApi {
  /** How this body contradicts Discord's description; empty if it doesn't. */
  violations(method: string, route: string, body: unknown): Violation[]
}

let loaded: OpenApi | undefined

/** Read and compiled once for all servers of a process. */
export function openApi(): OpenApi {
  loaded ??= load(OPENAPI_FILE)
  return loaded
}

function load(file: string): OpenApi {
  const document: unknown = JSON.parse(readFileSync(file, 'utf8'))
  discriminate(document, document)
  const paths = isObject(document) && isObject(document.paths) ? document.paths : {}
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    logger: false,
  })
  for (const [name, max] of [
    ['int32', 2 ** 31 - 1],
    ['int64', Number.MAX_SAFE_INTEGER],
  ] as const) {
    ajv.addFormat(name, {
      type: 'number',
      validate: (value: number) => Number.isInteger(value) && Math.abs(value) <= max,
    })
  }
  ajv.addFormat('double', { type: 'number', validate: (value: number) => Number.isFinite(value) })
  ajv.addFormat('uri', { type: 'string', validate: (value: string) => URL.canParse(value) })
  ajv.addFormat('date-time', {
    type: 'string',
    validate: (value: string) => !Number.isNaN(Date.parse(value)),
  })
  ajv.addFormat('snowflake', { type: 'string', validate: /^(0|[1-9]\d{0,19})$/ })
  ajv.addFormat('nonce', { type: 'string', validate: (value: string) => value.length <= 25 })
  ajv.addSchema(isObject(document) ? document : {}, 'discord')
  const compiled = new Map<string, ValidateFunction | null>()

  const validator = (method: string, route: string): ValidateFunction | null => {
    const key = `${method} ${route}`
    const known = compiled.get(key)
    if (known !== undefined) return known
    const operation = at(paths, route, method.toLowerCase())
    const hasBody = at(operation, 'requestBody', 'content', 'application/json', 'schema') !== undefined
    const pointer = [
      'paths',
      route,
      method.toLowerCase(),
      'requestBody',
      'content',
      'application/json',
      'schema',
    ]
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/')
    const made = hasBody ? ajv.compile({ $ref: `discord#/${pointer}` }) : null
    compiled.set(key, made)
    return made
  }

  return {
    violations: (method, route, body) => {
      const violation = (path: string, reason: string): Violation => ({ method, route, path, reason })
      if (at(paths, route, method.toLowerCase()) === undefined) {
        return [violation('', 'Discord describes no such route and method.')]
      }
      const validate = validator(method, route)
      if (validate === null) {
        return body === undefined || body === null
          ? []
          : [violation('', 'Discord describes no body for this request.')]
      }
      if (validate(asDescribed(body))) return []
      return mostSpecific(validate.errors ?? []).map((error) =>
        violation(error.instancePath, `${error.message ?? 'is invalid'} ${JSON.stringify(error.params)}`),
      )
    },
  }
}

function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), value)
}

/**
 * The description declares `default_member_permissions` as an integer; the documentation, and every client, write it as a string
 * of digits: https://discord.com/developers/docs/interactions/application-commands.
 */
function asDescribed(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(asDescribed)
  if (!isObject(body) || typeof body.default_member_permissions !== 'string') return body
  return { ...body, default_member_permissions: Number(body.default_member_permissions) }
}

/** The errors deepest in the body are the most specific; those of unions only say that something is wrong. */
function mostSpecific(errors: readonly ErrorObject[]): ErrorObject[] {
  const meant = errors.filter(({ keyword }) => !['oneOf', 'anyOf', 'if'].includes(keyword))
  const depth = (error: ErrorObject) => error.instancePath.split('/').length
  return (meant.length > 0 ? meant : [...errors]).sort((a, b) => depth(b) - depth(a)).slice(0, 5)
}

/**
 * Turns every union whose branches differ in `type` into “if the type is this, then that”, in place. Otherwise each wrong branch
 * would report its own errors, and the relevant one would be lost among them.
 */
function discriminate(node: unknown, document: unknown): void {
  if (Array.isArray(node)) for (const child of node) discriminate(child, document)
  if (!isObject(node)) return
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const branches = node[keyword]
    if (!Array.isArray(branches) || branches.length < 2 || 'allOf' in node || 'properties' in node) continue
    const types = branches.map((branch) => typesOf(branch, document))
    const all = types.flat()
    if (types.some((one) => one.length === 0) || new Set(all).size !== all.length) continue
    delete node[keyword]
    node.type = 'object'
    node.required = ['type']
    node.properties = { type: { enum: all } }
    node.allOf = branches.map((branch, index) => ({
      if: { not: { required: ['type'], properties: { type: { enum: types[index] } } } },
      else: branch,
    }))
  }
  for (const child of Object.values(node)) discriminate(child, document)
}

/** The values of `type` that a union's branch is for; empty if it isn't that kind of branch. */
function typesOf(branch: unknown, document: unknown): unknown[] {
  const reference = isObject(branch) && typeof branch.$ref === 'string' ? branch.$ref : null
  const schema = reference === null ? branch : at(document, ...reference.replace('#/', '').split('/'))
  const required = at(schema, 'required')
  const values = at(schema, 'properties', 'type', 'enum')
  return Array.isArray(required) && required.includes('type') && Array.isArray(values) ? values : []
}
