import { Ajv2020 } from 'ajv/dist/2020.js'
import { onTestFinished } from 'vitest'
import type { Program } from '../../src/bot/program/compose.ts'
import { openHttp } from '../../src/bot/surfaces/web/http.ts'
import { serveWeb } from '../../src/bot/surfaces/web/start.ts'
import { createToken, type NewToken, TOKEN_SCOPES } from '../../src/core/draft/tokens.ts'
import { PLACE } from './people.ts'

/**
 * Serves the API to clients that send a token.
 * @returns its origin.
 */
export async function apiOf(program: Program): Promise<string> {
  const http = await openHttp({ host: '127.0.0.1', port: 0 }, (error) => {
    throw error
  })
  onTestFinished(() => http.close())
  const origin = `http://127.0.0.1:${http.port}`
  serveWeb(http, program.bot, { origin })
  return origin
}

let tokens = 0

/** A new token; by default for the whole workspace and with every scope. */
export async function tokenOf(
  { core }: Program,
  wanted: Partial<NewToken> = {},
  place = PLACE,
): Promise<string> {
  tokens += 1
  const { token } = await createToken(
    core,
    { place, actor: { id: 'host', name: 'the host' } },
    {
      ...{ name: `token ${tokens}`, scopes: TOKEN_SCOPES, home: place, person: null, locale: 'en' },
      ...wanted,
    },
  )
  return token
}

interface Operation {
  operationId: string
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required?: boolean }[]
  requestBody?: { content: Record<string, unknown> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}

interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

interface Call {
  params?: Record<string, string | number>
  query?: Record<string, string | number>
  headers?: Record<string, string>
  body?: unknown
}

interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what it may be is checked against the document.
  body: any
}

export type Client = (operation: string, call?: Call) => Promise<Answer>

/**
 * A client made from the document that the server serves, the way generators make one: it knows operations by name, sends what
 * the document describes, and rejects any answer that the document does not describe.
 */
export async function clientOf(origin: string, token: string): Promise<Client> {
  const document = (await (await fetch(`${origin}/api/openapi.json`)).json()) as Document
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema(document, 'api')
  const operations = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [
        operation.operationId,
        { path, method, operation },
      ]),
    ),
  )
  return async (name, { params = {}, query = {}, headers = {}, body } = {}) => {
    const found = operations.get(name)
    if (!found) throw new Error(`the document has no operation ${name}`)
    const { path, method, operation } = found
    const known = new Set((operation.parameters ?? []).map((each) => `${each.in} ${each.name}`))
    for (const [place, given] of Object.entries({ path: params, query }))
      for (const each of Object.keys(given))
        if (!known.has(`${place} ${each}`)) throw new Error(`${name} takes no ${each} in its ${place}`)
    const address = path.replaceAll(/\{(\w+)\}/g, (_, each: string) =>
      encodeURIComponent(String(params[each])),
    )
    const search = new URLSearchParams(
      Object.entries(query).map(([each, value]): [string, string] => [each, String(value)]),
    )
    const response = await fetch(`${origin}${address}${search.size > 0 ? `?${search}` : ''}`, {
      method: method.toUpperCase(),
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const described = operation.responses[String(response.status)]
    if (!described) throw new Error(`${name} answered ${response.status}, which is not in the document`)
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
    const bytes = Buffer.from(await response.arrayBuffer())
    const answer = { status: response.status, headers: response.headers }
    const isFile = described.content?.['application/octet-stream'] !== undefined
    if (isFile || bytes.length === 0) return { ...answer, body: bytes }
    if (!described.content?.[type]) throw new Error(`${name} answered ${type}, which is not in the document`)
    const value = JSON.parse(bytes.toString())
    const pointer = ['paths', path, method, 'responses', String(response.status), 'content', type, 'schema']
    const reference = pointer.map((each) => each.replaceAll('~', '~0').replaceAll('/', '~1'))
    const check = ajv.compile({ $ref: `api#/${reference.map(encodeURIComponent).join('/')}` })
    if (!check(value)) throw new Error(`${name} answered something else: ${ajv.errorsText(check.errors)}`)
    return { ...answer, body: value }
  }
}
