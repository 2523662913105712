import type { Folded } from './fold.ts'

/** A stretch of what is written and how it is said. */
export interface Part {
  /** UTF-16 units of the folded text. */
  length: number
  say: string
}

/** Where in a text a rule is tried. */
export interface Place {
  /** The whole folded text. */
  text: string
  at: number
  /** The end of what has been said before. */
  said: string
}

/** Before something said that belongs to the word before it, as a particle does. */
export const JOINED = '\u2060'

/** Says what it matches in another way. `pattern` is sticky; null leaves it to the next rule. */
export interface Rule {
  pattern: RegExp
  say: (match: RegExpExecArray, place: Place) => string | Part[] | null
  /** Which of BOUNDARIES the pattern begins with; set by `quick`. */
  boundary?: number
  /** Holds wherever the pattern of this rule or of one of its neighbours does; set by `quick`. */
  gate?: RegExp
}

/** A text as it is said. Each UTF-16 unit of `text` comes from `[from, to)` of what was written. */
export interface SpokenForm {
  text: string
  from: number[]
  to: number[]
}

export interface Manner {
  rules: readonly Rule[]
  /** Whether a word of its own that is put in needs a space between it and this character of the text. */
  separates: (side: 'before' | 'after', character: string) => boolean
  /** What follows in the text right behind something that is said differently: a particle that has to agree. */
  agree?: (said: string, after: string) => { length: number; say: string } | null
}

/** Two letters of one script side by side. */
const WITHIN =
  /^(?:[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]{2}|[가-힣]{2}|[\u0370-\u03ff]{2}|[\u0400-\u04ff]{2})$/
/** UTF-16 units of what has been said that the next thing may have to agree with. */
const SAID = 60
/** How rules begin that need a word to begin, and what must not be before it; asked once for all of them, since there are many. */
const BOUNDARIES = ['(?<![\\p{L}\\p{N}])', '(?<![\\p{Script=Latin}\\p{N}])']
const AFTER = [/[\p{L}\p{N}]$/u, /[\p{Script=Latin}\p{N}]$/u]
const LETTER = /[\p{L}\p{M}\p{N}]/u

/** Rules that share a gate: the fewer, the sooner the one that holds is found; the more, the sooner it is known that none does. */
const SHARING = 16

/** The same rules, with what can be asked once for all of them, or for some neighbours, set apart. */
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

/** What a group held counts for its own pattern only. */
const REFERS_BACK = /\\(?:[1-9]|k<)/

/** Holds also where only the boundary does not, which has been asked before. */
function gateOf(rules: readonly Rule[]): RegExp {
  const sources = rules.map(({ pattern, boundary = -1 }) =>
    pattern.source.slice(BOUNDARIES[boundary]?.length ?? 0).replace(/\(\?<\w+>/g, '(?:'),
  )
  return new RegExp(sources.join('|'), rules[0]?.pattern.flags)
}

interface Gates {
  gates: readonly { gate: RegExp; boundary: number }[]
  /** The rules that have none. */
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

/** Goes through a text once, from left to right; the first rule that has an answer for a place counts. */
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
    // No rule begins inside a word.
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
  // At most places no gate is open.
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

/** Without spaces next to others. */
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
  // Not by a pattern, which would look for it from the beginning of the text.
  return [...text.slice(-2)].at(-1) ?? ''
}

/** A pattern that holds at one place only. Spaces and line breaks in it are for the reader. */
export function at(source: string, flags = ''): RegExp {
  return new RegExp(source.replace(/\s*\n\s*/g, ''), `yu${flags}`)
}

/** Parts by what is written and how it is said. */
export function parts(...pairs: [written: string | undefined, say: string][]): Part[] {
  return pairs.flatMap(([written = '', say]) => (written === '' ? [] : [{ length: written.length, say }]))
}
