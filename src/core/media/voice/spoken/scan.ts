import type { Folded } from './fold.ts'

/** A stretch of written text and how it is said. */
export interface Part {
  /** The number of UTF-16 units of the folded text. */
  length: number
  say: string
}

/** The place in a text at which a rule is tried. */
export interface Place {
  /** The whole folded text. */
  text: string
  at: number
  /** The end of the spoken text so far. */
  said: string
}

/** Precedes spoken text that attaches to the previous word, like a particle. */
export const JOINED = '\u2060'

/** Replaces its match by how it is said. `pattern` is sticky; null passes on to the next rule. */
export interface Rule {
  pattern: RegExp
  say: (match: RegExpExecArray, place: Place) => string | Part[] | null
  /** The index of the BOUNDARIES item the pattern begins with, or −1; set by `quick`. */
  boundary?: number
  /** Matches wherever the pattern of this rule or of one of its neighbours does; set by `quick`. */
  gate?: RegExp
}

/** A text as it is said. Each UTF-16 unit of `text` comes from `[from, to)` of the written text. */
export interface SpokenForm {
  text: string
  from: number[]
  to: number[]
}

export interface Manner {
  rules: readonly Rule[]
  /** Whether an inserted word needs a space between it and this character of the text. */
  separates: (side: 'before' | 'after', character: string) => boolean
  /** Replaces a particle directly after something that is said differently, so that it agrees. */
  agree?: (said: string, after: string) => { length: number; say: string } | null
}

/** Two adjacent letters of the same script. */
const WITHIN =
  /^(?:[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]{2}|[가-힣]{2}|[\u0370-\u03ff]{2}|[\u0400-\u04ff]{2})$/
/** How many UTF-16 units of the spoken text so far are passed on, for the following text to agree with. */
const SAID = 60
/** Common beginnings of rules, and (`AFTER`) what must not precede them; checked once per place, because there are many rules. */
const BOUNDARIES = ['(?<![\\p{L}\\p{N}])', '(?<![\\p{Script=Latin}\\p{N}])']
const AFTER = [/[\p{L}\p{N}]$/u, /[\p{Script=Latin}\p{N}]$/u]
const LETTER = /[\p{L}\p{M}\p{N}]/u

/**
 * The number of rules sharing a gate: with fewer, a matching rule is found sooner; with more, it is known sooner that none
 * matches.
 */
const SHARING = 16

/** Prepares rules for faster scanning, by extracting checks that can be shared by all of them or by neighbours. */
export function quick(rules: readonly Rule[]): Rule[] {
  const known: Rule[] = rules.map((rule) => ({
    ...rule,
    boundary: BOUNDARIES.findIndex((boundary) => rule.pattern.source.startsWith(boundary)),
  }))
  const kindOf = ({ pattern, boundary }: Rule) => `${pattern.flags}${boundary}`
  const open = known.filter(({ pattern }) => !REFERS_BACK.test(pattern.source))
  for (const alike of Map.groupBy(open, kindOf).values())
    for (let first = 0; first < alike.length; first += SHARING) {
      const neighbours = alike.slice(first, first + SHARING)
      const gate = gateOf(neighbours)
      for (const rule of neighbours) rule.gate = gate
    }
  return known
}

/** Back references are only valid in their own pattern, so these rules have no gate. */
const REFERS_BACK = /\\(?:[1-9]|k<)/

/** Excludes the boundary, which is checked separately. */
function gateOf(rules: readonly Rule[]): RegExp {
  const sources = rules.map(({ pattern, boundary = -1 }) =>
    pattern.source.slice(BOUNDARIES[boundary]?.length ?? 0).replace(/\(\?<\w+>/g, '(?:'),
  )
  return new RegExp(sources.join('|'), rules[0]?.pattern.flags)
}

interface Gates {
  gates: readonly { gate: RegExp; boundary: number }[]
  /** The rules without a gate. */
  ungated: readonly Rule[]
}

const known = new WeakMap<readonly Rule[], Gates>()

function gatesOf(rules: readonly Rule[]): Gates {
  let found = known.get(rules)
  if (!found) {
    const boundaries = new Map<RegExp, number>()
    for (const { gate, boundary = -1 } of rules) if (gate) boundaries.set(gate, boundary)
    found = {
      gates: [...boundaries].map(([gate, boundary]) => ({ gate, boundary })),
      ungated: rules.filter(({ gate }) => !gate),
    }
    known.set(rules, found)
  }
  return found
}

/** Scans a text once, from left to right; at each place the first rule with an answer wins. */
export function scan({ text, at: offsets }: Folded, { rules, separates, agree }: Manner): SpokenForm {
  const form: SpokenForm = { text: '', from: [], to: [] }
  const put = (say: string, from: number, to: number) => {
    form.text += say
    for (let unit = 0; unit < say.length; unit++) {
      form.from.push(offsets[from] ?? 0)
      form.to.push(offsets[to] ?? 0)
    }
  }
  for (let at = 0; at < text.length; ) {
    // No rule matches inside a word.
    const parts = WITHIN.test(text.slice(at - 1, at + 1))
      ? null
      : partsAt(rules, { text, at, said: form.text.slice(-SAID) })
    if (parts === null) {
      const { length } = String.fromCodePoint(text.codePointAt(at) ?? 0)
      put(text.slice(at, at + length), at, at + length)
      at += length
      continue
    }
    for (const { say, length } of parts) {
      const gap = LETTER.test(say.charAt(0)) && separates('before', lastOf(form.text)) ? ' ' : ''
      put(tidy(gap + say.replace(JOINED, ''), form.text, text.charAt(at + length)), at, at + length)
      at += length
    }
    const particle = agree?.(form.text.slice(-SAID), text.slice(at, at + 4)) ?? null
    if (particle) {
      put(particle.say, at, at + particle.length)
      at += particle.length
    } else if (separates('after', firstOf(text, at)) && LETTER.test(lastOf(form.text))) put(' ', at, at)
  }
  return form
}

function partsAt(rules: readonly Rule[], place: Place): Part[] | null {
  const { text, at } = place
  const before = text.slice(Math.max(0, at - 2), at)
  const isAfter = AFTER.map((word) => word.test(before))
  const { gates, ungated } = gatesOf(rules)
  const open = gates.filter(({ gate, boundary }) => {
    if (isAfter[boundary]) return false
    gate.lastIndex = at
    return gate.test(text)
  })
  // At most places no gate matches.
  for (const { pattern, say, boundary = -1, gate } of open.length === 0 ? ungated : rules) {
    if (isAfter[boundary]) continue
    if (gate && !open.some((one) => one.gate === gate)) continue
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match || match[0] === '') continue
    const said = say(match, place)
    if (said !== null) return typeof said === 'string' ? [{ length: match[0].length, say: said }] : said
  }
  return null
}

/** Removes spaces adjacent to other white space or at the ends of the text. */
function tidy(say: string, before: string, after: string): string {
  const start = before === '' || /^\s$/.test(before.slice(-1)) ? say.replace(/^ +/, '') : say
  const end = after === '' || /\s/.test(after) ? start.replace(/ +$/, '') : start
  return end.replace(/ {2,}/g, ' ')
}

function firstOf(text: string, at: number): string {
  const point = text.codePointAt(at)
  return point === undefined ? '' : String.fromCodePoint(point)
}

function lastOf(text: string): string {
  // Not a regular expression, which would search from the beginning of the text.
  return [...text.slice(-2)].at(-1) ?? ''
}

/** A sticky pattern. Line breaks in it and white space around them are for readability. */
export function at(source: string, flags = ''): RegExp {
  return new RegExp(source.replace(/\s*\n\s*/g, ''), `yu${flags}`)
}

/** Parts from pairs of written and spoken text. */
export function parts(...pairs: [written: string | undefined, say: string][]): Part[] {
  return pairs.flatMap(([written = '', say]) => (written === '' ? [] : [{ length: written.length, say }]))
}
