import { isDeepStrictEqual } from 'node:util'
import JSON5 from 'json5'
import { jsonrepair } from 'jsonrepair'

/**
 * Maximum length in characters of a text that is repaired; scripts have a few thousand, and repair time grows with
 * length.
 */
const MOST_REPAIRED = 60_000

/**
 * Reads JSON as it is or after small repairs: quotes, commas, comments, Python literals. Undefined if that isn't
 * possible, or if it would lose or add a single letter.
 */
export function parseJson(text: string): unknown {
  const read = parseStrict(text)
  if (read !== undefined || text.length > MOST_REPAIRED) return read
  const tidy = tidied(text)
  // The repairs guess where strings end even when there is nothing to guess, so whatever can be read without them comes
  // first.
  const repairs = [() => JSON.stringify(JSON5.parse(tidy)), () => jsonrepair(tidy), () => jsonrepair(text)]
  for (const repair of repairs) {
    try {
      const repaired = repair()
      const value = lettersOf(repaired) === lettersOf(text) ? parseStrict(repaired) : undefined
      if (value !== undefined) return restored(value)
    } catch {
      // This repair can't read it.
    }
  }
  return undefined
}

/** @returns undefined if the text isn't JSON. */
export function parseStrict(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || text.length > MOST_REPAIRED) return value
    const marked = markRepeats(text)
    return marked === null ? value : joinRepeats(JSON.parse(marked))
  } catch {
    return undefined
  }
}

/**
 * Stand-ins for quotes inside strings, which the repairs would take for the strings' ends or straighten; from a plane
 * that no text uses.
 */
const INSIDE: Record<string, string> = {
  "'": '\u{f0000}',
  '“': '\u{f0001}',
  '”': '\u{f0002}',
  '„': '\u{f0003}',
}
const QUOTE_OF = new Map(Object.entries(INSIDE).map(([quote, sign]) => [sign, quote]))
const INNER_QUOTE = /(?<=[\p{L}\p{N}])'(?= ?\p{L})|(?<![{[,:(]\s*)[“”„](?!\s*[,:}\]])/gu
const CONTROLS = /(?![\t\n\r])\p{Cc}/gu

/**
 * Handles what the repairs don't: apostrophes in single quotes, control characters, triple quotes, two commas in a row.
 */
function tidied(text: string): string {
  return text
    .replace(CONTROLS, ' ')
    .replace(/("""|''')([\s\S]*?)\1/g, (_whole, _quotes, inside: string) => JSON.stringify(inside))
    .replace(INNER_QUOTE, (quote) => INSIDE[quote] ?? quote)
    .replace(QUOTED, (whole, inside: string | undefined, word: string | undefined) => {
      if (word !== undefined) return WORDS[word] ?? whole
      if (inside !== undefined) return JSON.stringify(unescaped(inside))
      if (whole.startsWith(',')) return ','
      return whole.replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    })
}

/** A string in double quotes, a Python string in single quotes, a Python or JavaScript literal, or commas in a row. */
const QUOTED =
  /"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'(?=\s*[,:}\]])|\b(True|False|None|undefined)\b(?=\s*[,}\]])|,(?:\s*,)+/gs
const WORDS: Record<string, string> = { True: 'true', False: 'false', None: 'null', undefined: 'null' }
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', "'": "'", '"': '"', '\\': '\\' }

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(.))/gis, (whole, wide, narrow, char) => {
    const code: string | undefined = wide ?? narrow
    return code === undefined ? (ESCAPES[char] ?? whole) : String.fromCharCode(Number.parseInt(code, 16))
  })
}

function restored(value: unknown): unknown {
  const text = JSON.stringify(value)
  const back = text.replace(/[\u{f0000}-\u{f0003}]/gu, (sign) => QUOTE_OF.get(sign) ?? sign)
  return back === text ? value : JSON.parse(back)
}

/** The letters and digits of a text, in order. Python and JavaScript words for “nothing” don't count. */
function lettersOf(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[nrtbf]/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase()
    .replace(/\b(?:none|undefined|null|nan|infinity)\b/g, '')
    .replaceAll(' ', '')
}

/** Marks a key that its object already has. */
const REPEAT = '\u0000'
const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g

/** Valid JSON in which every key of an object is unique; null if it already is. */
function markRepeats(json: string): string | null {
  const seen: Map<string, number>[] = []
  let found = false
  const marked = json.replace(TOKEN, (token, colon: string | undefined) => {
    if (token === '{') seen.push(new Map())
    else if (token === '}') seen.pop()
    else if (colon !== undefined) {
      const key: string = JSON.parse(token.slice(0, -colon.length))
      const times = seen.at(-1)?.get(key) ?? 0
      seen.at(-1)?.set(key, times + 1)
      if (times > 0) {
        found = true
        return `${JSON.stringify(`${key}${REPEAT}${times}`)}${colon}`
      }
    }
    return token
  })
  return found ? marked : null
}

/**
 * Lists and objects under the same key become one list, so that none is lost; for anything else the last one counts, as
 * with JSON.parse.
 */
function joinRepeats(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(joinRepeats)
  if (typeof value !== 'object' || value === null) return value
  const joined = new Map<string, unknown>()
  for (const [marked, given] of Object.entries(value)) {
    const [key = ''] = marked.split(REPEAT)
    const part = joinRepeats(given)
    joined.set(key, joined.has(key) ? together(joined.get(key), part) : part)
  }
  return Object.fromEntries(joined)
}

function together(first: unknown, second: unknown): unknown {
  const areObjects = [first, second].every((each) => typeof each === 'object' && each !== null)
  if (!areObjects || isDeepStrictEqual(first, second)) return second
  return [first, second].flat()
}
