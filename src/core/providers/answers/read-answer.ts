import { z } from 'zod'
import { type Changes, decoded, fitTo, isFields, type Shape } from './fit.ts'
import { type Ending, type Reading, readingsOf } from './readings.ts'

/** The result of reading an answer. */
export type ReadAnswer<T> =
  | { value: T; error: null; hasData: true }
  | {
      value: null
      /** What is wrong with the closest reading. */
      error: z.ZodError
      /** Whether it contained any data. */
      hasData: boolean
    }

/**
 * The data in a model's answer, however it is damaged or wrapped: every possible reading is tried against the shape, and
 * the least far-fetched one that fits counts; among equals the last, because models correct themselves. The result is
 * never only a part of what was meant: whatever was cut off or abridged, or can't be repaired without losing a letter,
 * doesn't fit.
 */
export function readAnswer<T extends object>(
  answer: string,
  shape: z.ZodType<T>,
  check: Check<T>,
  ending: Ending,
): ReadAnswer<T> {
  const wanted = wantedBy(shape)
  const schema = checked(shape, check)
  let best: { value: T; cost: number; place: number } | null = null
  let closest: { error: z.ZodError; place: number } | null = null
  const readings = (answer.length > LONGEST ? [] : readingsOf(answer, ending)).flatMap((reading) => [
    ...insideOf(reading, wanted),
  ])
  // The least far-fetched first: once one fits, readings that can only be worse are skipped.
  const placed = readings.map((reading, place) => ({ ...reading, place })).sort((a, b) => a.cost - b.cost)
  for (const { value, cost, isGuess, place } of placed) {
    if (best && cost > best.cost) break
    const changes = { adapted: 0, foreign: 0 }
    const read = schema.safeParse(fitTo(value, wanted, changes))
    if (!read.success) {
      if (!isGuess && (closest === null || isCloser(read.error, place, closest)))
        closest = { error: read.error, place }
      continue
    }
    const whole = cost + costOf(changes)
    if (isPlaceholder(read.data)) continue
    if (best && (whole > best.cost || (whole === best.cost && place < best.place))) continue
    best = { value: read.data, cost: whole, place }
  }
  if (best) return { value: best.value, error: null, hasData: true }
  const hasData = closest !== null
  const error = closest?.error ?? schema.safeParse(undefined).error ?? new z.ZodError([])
  return { value: null, error, hasData }
}

type Check<T> = (value: T, context: z.RefinementCtx) => void

// Both are made once per shape: making them takes as long as reading an answer.
const wantedShapes = new WeakMap<z.ZodType, Shape>()
const schemas = new WeakMap<z.ZodType, WeakMap<WeakKey, z.ZodType>>()

function checked<T>(shape: z.ZodType<T>, check: Check<T>): z.ZodType<T> {
  const ofShape = schemas.get(shape) ?? new WeakMap<WeakKey, z.ZodType>()
  schemas.set(shape, ofShape)
  const known = ofShape.get(check) as z.ZodType<T> | undefined
  const schema = known ?? shape.superRefine(check)
  ofShape.set(check, schema)
  return schema
}

function wantedBy(shape: z.ZodType): Shape {
  const wanted = wantedShapes.get(shape) ?? (z.toJSONSchema(shape) as Shape)
  wantedShapes.set(shape, wanted)
  return wanted
}

/** Among equals the first wins. */
function isCloser(error: z.ZodError, place: number, than: { error: z.ZodError; place: number }): boolean {
  const fewer = than.error.issues.length - error.issues.length
  return fewer > 0 || (fewer === 0 && place < than.place)
}

/** Maximum length in characters; the longest script has a few hundred thousand, and reading takes time. */
const LONGEST = 1_000_000

function costOf({ adapted, foreign }: Changes): number {
  return (adapted > 0 ? 1 : 0) + (foreign > 0 ? 1 : 0)
}

/** Maximum depth at which an answer may be wrapped, and maximum number of objects examined. */
const DEEPEST = 8
const MOST_OBJECTS = 400

/** A reading, and everything wrapped inside it. */
function* insideOf({ value, cost, isGuess = false }: Reading, shape: Shape): Generator<Reading> {
  const open: (Reading & { depth: number })[] = [{ value, cost, depth: 0 }]
  for (let seen = 0; seen < MOST_OBJECTS; seen++) {
    const next = open.shift()
    if (!next) return
    const { depth } = next
    const given = decoded(next.value)
    if (typeof given !== 'object' || given === null) continue
    if (isFields(given)) yield { value: given, cost: next.cost, isGuess }
    else {
      const joined = joinedParts(given, shape)
      if (joined) yield { value: joined, cost: next.cost, isGuess }
    }
    // Among several objects in one list, none is more the answer than the others.
    const isChoice = Array.isArray(given) && given.length > 1
    if (depth >= DEEPEST || isChoice) continue
    for (const inner of Object.values(given).slice(0, MOST_OBJECTS))
      open.push({ value: inner, cost: next.cost + 1, depth: depth + 1 })
  }
}

/**
 * An answer that came in parts: `{title …}, {text …}, {text …}`. Those that look like items of the shape's list become
 * that list. Null if there are none, or if the others contradict each other.
 */
function joinedParts(parts: unknown, shape: Shape): object | null {
  const lists = Object.entries(shape.properties ?? {}).filter(([, { items }]) => items?.properties)
  const [list] = lists
  if (!Array.isArray(parts) || !list || lists.length > 1 || !parts.every(isFields)) return null
  const names = Object.keys(list[1].items?.properties ?? {})
  const items = parts.filter((part) => {
    const fitted = fitTo(part, list[1].items ?? {}, { adapted: 0, foreign: 0 })
    return isFields(fitted) && names.every((name) => fitted[name] !== undefined)
  })
  const others = parts.filter((part) => !items.includes(part))
  const fields = others.flatMap((part) => Object.entries(part))
  const isOne = new Set(fields.map(([name]) => name)).size === fields.length
  if (items.length === 0 || others.length === 0 || !isOne) return null
  return { ...Object.fromEntries(fields), [list[0]]: items }
}

const PLACEHOLDER = /^(?:string|str|text|number|\.{3}|…|<[^<>]*>|\[[^[\]]*\])$/i

/** True for the shape itself, which some models repeat: most of its strings only say what should be there. */
function isPlaceholder(value: unknown): boolean {
  const strings = stringsIn(value)
  return strings.filter((each) => PLACEHOLDER.test(each.trim())).length * 2 > strings.length
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
