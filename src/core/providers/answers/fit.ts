import { findName, numberedNames } from './names.ts'
import { parseJson } from './parse.ts'

/** The parts of JSON Schema that answer shapes use. */
export interface Shape {
  type?: string
  properties?: Record<string, Shape>
  items?: Shape
}

/** Counts the corrections made. */
export interface Changes {
  /** Other names or other forms. */
  adapted: number
  /** Parts that the shape doesn't have. */
  foreign: number
}

type Fields = Readonly<Record<string, unknown>>

/**
 * The same data in the form a shape asks for, as far as that can be inferred: other names, numbers as strings, lists as
 * dictionaries, parts one level too deep. Whatever doesn't fit stays as it is.
 */
export function fitTo(value: unknown, shape: Shape, changes: Changes): unknown {
  const kind = shape.properties ? 'object' : shape.items ? 'array' : shape.type
  if (kind === 'object') return fitObject(value, shape, changes)
  if (kind === 'array') return fitList(value, shape, changes)
  const fitted = kind === 'string' ? asString(value) : kind === 'boolean' ? asBoolean(value) : asNumber(value)
  if (fitted !== value) changes.adapted++
  return fitted
}

function fitObject(value: unknown, shape: Shape, changes: Changes): unknown {
  const given = decoded(value)
  const only = Array.isArray(given) && given.length === 1 ? given[0] : given
  if (!isFields(only)) return value
  if (only !== value) changes.adapted++
  const properties = Object.entries(shape.properties ?? {})
  const names = Object.keys(only)
  const taken = new Set(properties.map(([name]) => name).filter((name) => names.includes(name)))
  const fitted = new Map<string, unknown>()
  for (const [name, inner] of properties) {
    const numbered = inner.items && !names.includes(name) ? numberedNames(name, names) : []
    const called = numbered.length > 0 ? undefined : findName(name, names, taken)
    const found =
      numbered.length > 0
        ? numbered.map((each) => only[each])
        : called === undefined
          ? inside(only, name, taken)
          : only[called]
    if (found === undefined) continue
    if (called !== name) changes.adapted++
    for (const each of called === undefined ? numbered : [called]) taken.add(each)
    fitted.set(name, fitTo(found, inner, changes))
  }
  changes.foreign += names.filter((name) => !taken.has(name)).length
  return Object.fromEntries(fitted)
}

/** How many levels below an object its parts are looked for. */
const DEEPEST_PART = 3

/**
 * A part that is inside a nested object: `{"metadata": {"title": …}, "segments": …}`. Undefined if several have one: then
 * each of them is a separate answer.
 */
function inside(fields: Fields, name: string, taken: Set<string>): unknown {
  const found = partsInside(fields, name, 1)
  const [part] = found
  if (part === undefined || found.length > 1) return undefined
  taken.add(part.under)
  return part.value
}

function partsInside(fields: Fields, name: string, depth: number): { under: string; value: unknown }[] {
  if (depth > DEEPEST_PART) return []
  return Object.entries(fields).flatMap(([under, each]) => {
    if (!isFields(each)) return []
    const called = findName(name, Object.keys(each), new Set())
    if (called !== undefined) return [{ under, value: each[called] }]
    return partsInside(each, name, depth + 1).map(({ value }) => ({ under, value }))
  })
}

function fitList(value: unknown, { items = {} }: Shape, changes: Changes): unknown {
  const given = decoded(value)
  const list = Array.isArray(given) ? given : listOf(given, items)
  if (list === null) return value
  const flat = list.length > 0 && list.every(Array.isArray) ? list.flat() : list
  if (flat !== value) changes.adapted++
  return flat.map((item) => fitTo(item, items, changes))
}

function listOf(given: unknown, items: Shape): unknown[] | null {
  if (items.properties === undefined) {
    if (given === null) return []
    if (typeof given === 'string') return separated(given)
  }
  if (!isFields(given)) return null
  const values = Object.values(given)
  const [only] = values
  if (values.length === 1 && Array.isArray(only)) return only
  const isItem =
    items.properties !== undefined &&
    Object.keys(items.properties).every((name) => findName(name, Object.keys(given), new Set()) !== undefined)
  if (isItem) return [given]
  const parts = Object.entries(given).sort(([a], [b]) => numberIn(a) - numberIn(b))
  const areParts = items.properties ? values.every(isFields) : values.every((each) => !isFields(each))
  return areParts && values.length > 0 ? parts.map(([, part]) => part) : null
}

/** The place in its list that a name such as `segment_12` stands for; names without a number stay in their order. */
function numberIn(name: string): number {
  return Number(/\d{1,6}(?=\D*$)/.exec(name)?.[0] ?? 0)
}

/** Splits `sea, salt` or `#sea #salt`. */
function separated(text: string): string[] {
  const between = /[,;\n、，]/.test(text) ? /[,;\n、，]/ : /(?=#)/
  return text
    .split(between)
    .map((part) => part.replace(/^\s*(?:[-*•]\s+|#+)?/, '').trim())
    .filter((part) => part !== '')
}

function asString(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === null) return ''
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(' ')
  if (!isFields(value)) return value
  const strings = Object.values(value).filter((part) => typeof part === 'string')
  const called = findName('text', Object.keys(value), new Set())
  if (called !== undefined && typeof value[called] === 'string') return value[called]
  return strings.length === 1 ? strings[0] : value
}

function asNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : value
}

function asBoolean(value: unknown): unknown {
  if (value === 'true' || value === 'True') return true
  return value === 'false' || value === 'False' ? false : value
}

/** The data in a string that is itself JSON. */
export function decoded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*(?:```\w*\s*)?["[{]/.test(value)) return value
  const inner = parseJson(value.trim().replace(/^```\w*\s*|\s*```$/g, ''))
  if (typeof inner === 'string') return inner === value ? value : decoded(inner)
  return typeof inner === 'object' && inner !== null ? inner : value
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
