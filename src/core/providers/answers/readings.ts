import { createRequire } from 'node:module'
import { parseJson, parseStrict } from './parse.ts'
import { type Span, spansIn } from './spans.ts'

/** One way to interpret an answer. */
export interface Reading {
  value: unknown
  /** How far-fetched it is; 0 for what the answer says literally. */
  cost: number
  /** True for a guess: if it doesn't fit, the text must be prose, and its errors don't count. */
  isGuess?: boolean
}

/** How many characters are searched for objects; scripts have a few thousand. */
const MOST_SEARCHED = 200_000
/** How many characters are repaired in one answer, over all its parts. */
const MOST_REPAIRED = 200_000

/** How an answer ended, according to its server. `cut`: at a limit. `unknown`: the server doesn't say. */
export type Ending = 'complete' | 'cut' | 'unknown'

/**
 * Everything an answer may mean as data, in the order in which it appears: as a whole, in fences, tags or prose, encoded
 * twice, as HTML, in several parts, as YAML. What was cut off or abridged is excluded; formats without an end marker,
 * such as lines, count only if the server says that the answer is complete.
 */
export function readingsOf(answer: string, ending: Ending): Reading[] {
  const text = answer.replace(/^\ufeff/, '').trim()
  // Text that is already valid JSON may mention thinking tags, but contains no thinking.
  const spoken = parseStrict(text) === undefined ? withoutThoughts(text) : text
  if (spoken !== '') return meanings(spoken, 0, ending)
  // Some servers put everything the model says into its reasoning. If that was cut off, the model hadn't reached its
  // answer.
  return ending === 'cut' ? [] : meanings(text, 1, ending)
}

function meanings(text: string, cost: number, ending: Ending): Reading[] {
  const whole = parseStrict(text)
  if (typeof whole === 'object' && whole !== null) return [{ value: whole, cost }]
  if (typeof whole === 'string' && cost < FARTHEST) return meanings(whole.trim(), cost + 1, ending)
  const searched = text.slice(0, MOST_SEARCHED)
  const found = inSpans(searched, cost, ending)
  if (cost < FARTHEST) {
    if (/&(?:quot|#34|#x22);/i.test(searched))
      found.push(...meanings(decodeEntities(searched), cost + 4, ending))
    else if (searched.includes('\\"')) found.push(...meanings(unescaped(searched), cost + 4, ending))
  }
  if (ending === 'complete' && text.length <= MOST_REPAIRED) found.push(...inYaml(text, cost + 8))
  return found
}

/** The cost up to which nested encodings are undone. */
const FARTHEST = 8

function inSpans(text: string, cost: number, ending: Ending): Reading[] {
  let left = MOST_REPAIRED
  let isComplete = ending === 'complete'
  const readings: Reading[] = []
  const parts: unknown[] = []
  for (const span of spansIn(text)) {
    const written = writtenIn(text, span, ending)
    if (written === null || written.length > left) {
      isComplete = false
      continue
    }
    left -= written.length
    const value = parseJson(written)
    if (typeof value !== 'object' || value === null) continue
    readings.push({ value, cost })
    parts.push(value)
  }
  // Several objects may be one answer in parts, such as one object per line.
  if (isComplete && parts.length > 1) readings.push({ value: parts, cost: cost + 3 })
  return readings
}

function writtenIn(text: string, span: Span, ending: Ending): string | null {
  if (span.isWhole && (span.isClosed || ending !== 'cut')) return span.text
  return span.isClosed || ending === 'cut' ? null : balanced(text, span)
}

/**
 * The text up to the last bracket, even if its quotes don't match, provided that it opens as many brackets as it closes.
 */
function balanced(text: string, { start }: Span): string | null {
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1
  const part = text.slice(start, end)
  const count = (bracket: string) => part.split(bracket).length
  const isEven = count('{') === count('}') && count('[') === count(']')
  return part !== '' && isEven && !/,\s*(?:\.{3}|…)|(?:\/\/|#).*(?:\.{3}|…)/.test(part) ? part : null
}

/** End marks of reasoning, as models and chat templates write them. Text before the last one isn't part of the answer. */
const THOUGHTS_END =
  /<\/(?:think|thinking|thought|thoughts|reasoning|reflection|analysis)>|\[\/THINK\]|◁\/think▷|<\|channel\|>final(?:<\|message\|>)?|<\|end_of_thought\|>|<\/seed:think>/gi
const THOUGHTS_START =
  /<(?:seed:)?(?:think|thinking|thought|thoughts|reasoning|reflection|analysis)>|\[THINK\]|◁think▷/i

function withoutThoughts(text: string): string {
  const ends = [...text.matchAll(THOUGHTS_END)]
  const last = ends.at(-1)
  const spoken = last ? text.slice(last.index + last[0].length) : text
  const opened = spoken.search(THOUGHTS_START)
  return (opened < 0 ? spoken : spoken.slice(0, opened)).trim()
}

const ENTITIES: Record<string, string> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&', nbsp: ' ' }

/** Decodes the entities that escaping functions write; all others stay as they are. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:(quot|apos|lt|gt|amp|nbsp)|#(\d{1,6})|#x([0-9a-f]{1,5}));/gi,
    (whole, name, number, hex) => {
      if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole
      const code = number === undefined ? Number.parseInt(hex, 16) : Number(number)
      return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole
    },
  )
}

/** Removes one level of escaping, for text that was meant to be inside a string. */
function unescaped(text: string): string {
  return text.replace(/\\(n|r|t|"|\\)/g, (_whole, char: string) => ESCAPES[char] ?? char)
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t' }

const require = createRequire(import.meta.url)
const YAML_LINE = /^[\p{L}_ -]{1,40}:(?:\s|$)/mu

/** Lines like `title: …`, in a fence or on their own. */
function inYaml(text: string, cost: number): Reading[] {
  if (!YAML_LINE.test(text)) return []
  const fences = [...text.matchAll(/^```[\w-]*\n([\s\S]*?)^```/gm)].map(([, inside]) => inside ?? '')
  return [text, ...fences].flatMap((written) => {
    // Takes megabytes, for a format that hardly any model sends.
    const { parseDocument } = require('yaml') as typeof import('yaml')
    const document = parseDocument(written, { logLevel: 'silent', uniqueKeys: true })
    if (document.errors.length > 0) return []
    try {
      const value: unknown = document.toJS({ maxAliasCount: 0 })
      return typeof value === 'object' && value !== null ? [{ value, cost, isGuess: true }] : []
    } catch {
      return []
    }
  })
}
