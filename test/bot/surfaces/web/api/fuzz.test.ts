import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { EVERYTHING } from '../../../../../src/bot/handlers/access.ts'
import { addApi } from '../../../../../src/bot/surfaces/web/api/index.ts'
import { webApp } from '../../../../../src/bot/surfaces/web/app.ts'
import type { WebApp } from '../../../../../src/bot/surfaces/web/env.ts'
import { SCOPES } from '../../../../../src/bot/surfaces/web/who.ts'
import { wordsFor } from '../../../../../src/bot/words/index.ts'
import { emptySegment } from '../../../../../src/core/draft/create.ts'
import { DraftEntity } from '../../../../../src/db/entities/draft.ts'
import { SegmentEntity } from '../../../../../src/db/entities/segment.ts'
import { ANN, PLACE } from '../../../../factories/people.ts'
import { sharedProgram } from '../../../../factories/program.ts'
import { draftRow } from '../../../../factories/rows.ts'

/** Per run of the whole suite; `FUZZED_BODIES=10000 npx vitest run test/bot/surfaces/web/api/fuzz.test.ts` tries more. */
const BODIES = Number(process.env.FUZZED_BODIES ?? 2000)
/** Seeds the bodies. A failing run prints its seed; `FUZZ_SEED` repeats that run. */
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))
/** One body in this many is valid, for each operation in turn: by chance alone, one for a new draft hardly ever is. */
const FITS_EVERY = 10
/** The number of requests after which the draft is reset, whatever happened to it. */
const EVERY = 100
const ORIGIN = 'http://127.0.0.1:8080'
const draftId = 'draft_20260102_030405_fuzz'

// Jobs are requested, but not run.
const program = sharedProgram({ start: false })
let app: WebApp
let segmentId: number

beforeAll(async () => {
  const { bot, core } = program()
  const who = {
    ...{ id: 'session:1', actor: ANN, surface: PLACE.surface, workspace: PLACE.workspace, home: PLACE },
    ...{
      locale: 'en',
      words: wordsFor('en'),
      access: { at: async () => EVERYTHING },
      scopes: new Set(SCOPES),
    },
  }
  app = webApp({ bot, origin: ORIGIN, authenticate: [async () => who], parts: [addApi] })
  const { id, version, ...draft } = draftRow({ draftId })
  const em = core.db.fork()
  await em.insert(DraftEntity, draft)
  for (const segmentIndex of [0, 1, 2])
    segmentId = await em.insert(SegmentEntity, {
      ...{ ...emptySegment(draftId, new Date()), segmentIndex, text: 'One two. Three four.' },
    })
})

it(`answers ${BODIES} bodies without a fault of its own`, async () => {
  const schemas = bodySchemas()
  expect(schemas.length).toBeGreaterThan(12)
  const requests = fc.sample(fc.tuple(fc.nat(schemas.length - 1), fc.nat(), fc.jsonValue(), fc.nat()), {
    ...{ seed: SEED, numRuns: BODIES },
  })
  const statuses = new Map<number, number>()
  for (const [index, [which, seed, value, how]] of requests.entries()) {
    if (index % EVERY === 0) await asItWas()
    const fits = index % FITS_EVERY === 0
    const chosen = fits ? (index / FITS_EVERY) % schemas.length : which
    const { method, path, schema } = schemas[chosen] ?? { method: '', path: '', schema: {} }
    const text = fits
      ? JSON.stringify(fittingBody(schema))
      : how % 20 === 0
        ? broken(value, seed)
        : JSON.stringify(bodyFor(schema, value, seed, how % 5 === 0 ? 6 : 2), (key, each) =>
            // A made-up version never matches the current one.
            key === 'version' && index % 2 === 0 ? undefined : each,
          )
    const response = await app.request(ORIGIN + path, {
      method,
      headers: { host: '127.0.0.1:8080', 'content-type': 'application/json', prefer: 'respond-async' },
      body: text,
    })
    const said = `seed ${SEED}: ${method} ${path} ${text.slice(0, 500)}: ${response.status}`
    if (response.status >= 500) throw new Error(`${said} ${await response.text()}`)
    if (response.status >= 400)
      expect(response.headers.get('content-type'), said).toBe('application/problem+json')
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
  }
  // Valid bodies are accepted, and invalid ones are rejected.
  for (const status of [200, 202, 400, 422])
    expect([status, statuses.get(status) ?? 0], `seed ${SEED}`).not.toEqual([status, 0])
}, 120_000)

/** A draft that keeps growing, with everything queued for it, would make each answer slower than the one before. */
async function asItWas(): Promise<void> {
  const em = program().core.db.fork()
  await em.nativeUpdate(DraftEntity, { draftId }, { status: 'editing' })
  await em.nativeDelete(SegmentEntity, { draftId, segmentIndex: { $gt: 2 } })
  for (const table of ['job_history', 'draft_versions', 'notes'])
    await em.execute(`delete from ${table}`, [], 'run')
}

interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  minimum?: number
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}

/** The schemas of request bodies, from the API document. */
function bodySchemas(): { method: string; path: string; schema: Schema }[] {
  const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: '', version: '' } })
  const components = (document.components?.schemas ?? {}) as Record<string, Schema>
  const resolved = (schema: Schema): Schema => {
    const found = schema.$ref === undefined ? schema : (components[schema.$ref.split('/').at(-1) ?? ''] ?? {})
    const properties = Object.entries(found.properties ?? {}).map(([name, each]) => [name, resolved(each)])
    return {
      ...found,
      ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
      ...(found.anyOf && { anyOf: found.anyOf.map(resolved) }),
      ...(found.items && { items: resolved(found.items) }),
    }
  }
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(
      methods as Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>,
    ).flatMap(([method, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema
      const address = path
        .replace('{draft_id}', draftId)
        .replace('{segment_id}', String(segmentId))
        .replaceAll(/\{\w+\}/g, '1')
      return schema ? [{ method: method.toUpperCase(), path: address, schema: resolved(schema) }] : []
    }),
  )
}

const ODD: unknown[] = [
  ...[
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202e‮x',
    '😀'.repeat(700),
    'ㅎㅎㅎ',
    'Tea is old. It warms.',
    'https://example.org/a',
    'x'.repeat(25_000),
  ],
  ...[
    0,
    -0,
    -1,
    0.5,
    1,
    2,
    1e308,
    9_007_199_254_740_992,
    null,
    true,
    false,
    [],
    {},
    [[[[]]]],
    { __proto__: null },
  ],
]

/** A valid body: the required fields, and the topic that makes a draft of it. */
function fittingBody({ properties = {}, required = [] }: Schema): Record<string, unknown> {
  const names = Object.keys(properties).filter((name) => name === 'topic' || required.includes(name))
  return Object.fromEntries(names.map((name) => [name, fittingValue(properties[name] ?? {})]))
}

function fittingValue(field: Schema): unknown {
  if (field.anyOf) return fittingValue(field.anyOf[0] ?? {})
  if (field.enum) return field.enum[0]
  if (field.properties) return fittingBody(field)
  const [type = 'string'] = [field.type ?? 'string'].flat()
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return Math.max(1, field.minimum ?? 1)
  return type === 'array' ? [fittingValue(field.items ?? {})] : 'A warm cup. It is good.'
}

/** A valid body with odd values in some places: about one in `oddness`. */
function bodyFor(schema: Schema, value: unknown, seed: number, oddness: number): unknown {
  if (seed % 11 === 0) return value
  let state = seed
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % below
  }
  const valueFor = (field: Schema): unknown => {
    if (next(oddness) === 0) return ODD[next(ODD.length)]
    if (next(12) === 0) return value
    if (field.anyOf) return valueFor(field.anyOf[next(field.anyOf.length)] ?? {})
    if (field.enum) return field.enum[next(field.enum.length)]
    if (field.properties) return objectFor(field)
    const types = [field.type ?? 'string'].flat()
    const type = types[next(types.length)]
    if (type === 'boolean') return next(2) === 0
    if (type === 'integer' || type === 'number') return [0, 1, 5, 30, 1.5][next(5)]
    if (type === 'array') return [valueFor(field.items ?? {})]
    return type === 'null' ? null : ['Tea', 'A warm cup. It is good.', 'leaf'][next(3)]
  }
  const objectFor = ({ properties = {} }: Schema): Record<string, unknown> => {
    const chosen = Object.entries(properties).filter(() => next(2) === 0)
    const fields = chosen.map(([name, field]): [string, unknown] => [name, valueFor(field)])
    return Object.fromEntries(next(15) === 0 ? [...fields, ['unknown', value]] : fields)
  }
  return objectFor(schema)
}

/** Invalid JSON. */
function broken(value: unknown, seed: number): string {
  const text = JSON.stringify(value)
  return (
    [text.slice(0, Math.max(1, seed % (text.length + 1))), `${text}}`, '{"a":', 'undefined', `[${text}`][
      seed % 5
    ] ?? ''
  )
}
