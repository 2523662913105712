import type { WordTiming } from '../../../model/providers.ts'
import { syllables, wordUnits } from '../word-units.ts'
import { ENGLISH } from './en/index.ts'
import { fold } from './fold.ts'
import { KOREAN } from './ko/index.ts'
import { otherManner } from './others.ts'
import { type Pronunciation, pronunciationRules } from './pronunciation.ts'
import { type Manner, type SpokenForm, scan } from './scan.ts'

/**
 * A text as it is read aloud in a language: figures, units, amounts, dates, addresses and signs in words, using the workspace's
 * pronunciations. Complete for English and Korean; for other languages, only what is safe. Text already in words stays unchanged.
 */
export function speechText(
  text: string,
  language: string,
  pronunciations: readonly Pronunciation[] = [],
): SpokenForm {
  const manner = mannerOf(language)
  const own = pronunciationRules(pronunciations, (spoken) => inWords(spoken, manner, manner).text)
  return inWords(text, { ...manner, rules: [...own, ...manner.rules] }, manner)
}

/** Replacing one thing may make its neighbour recognizable (`$5㎝`), which the next round replaces. */
const ROUNDS = 4

/** Repeats until nothing changes, so that converting the result again leaves it unchanged. */
function inWords(text: string, first: Manner, then: Manner): SpokenForm {
  const folded = fold(text)
  let current = scan(folded, first)
  let isDone = current.text === folded.text
  for (let round = 1; !isDone && round < ROUNDS; round++) {
    const next = scan(fold(current.text), then)
    isDone = next.text === current.text
    if (!isDone) current = composed(current, next)
  }
  return current
}

/** The spoken form of a spoken form, with offsets into the original text. */
function composed({ from, to }: SpokenForm, next: SpokenForm): SpokenForm {
  const end = to.at(-1) ?? 0
  const begins = next.from.map((unit) => from[unit] ?? end)
  const ends = next.to.map((unit, index) => Math.max(begins[index] ?? 0, to[unit - 1] ?? 0))
  return { text: next.text, from: begins, to: ends }
}

function mannerOf(language: string): Manner {
  const primary = language.toLowerCase().split(/[-_]/)[0] ?? ''
  if (primary === 'en') return ENGLISH
  return primary === 'ko' ? KOREAN : otherManner(primary)
}

/**
 * The times of the written words, from those of the spoken ones. A written word lasts from the first to the last spoken word for
 * it; written words said as one share its time by syllables.
 */
export function writtenTimes(
  original: string,
  language: string,
  spoken: Pick<SpokenForm, 'from' | 'to'>,
  times: readonly WordTiming[],
): WordTiming[] {
  const units = wordUnits(original, language)
  const weights = units.map((unit) => syllables(unit.text))
  const spans: ({ from: number; to: number } | undefined)[] = units.map(() => undefined)
  let first = 0
  for (const time of times) {
    const begin = spoken.from[time.start] ?? 0
    const end = Math.max(begin + 1, ...spoken.to.slice(time.start, time.end))
    while (first < units.length - 1 && (units[first]?.end ?? 0) <= begin) first++
    let last = first
    while (last < units.length - 1 && (units[last + 1]?.start ?? 0) < end) last++
    const meant = range(first, last + 1).filter((index) => {
      const unit = units[index]
      return unit && unit.start < end && unit.end > begin
    })
    const total = meant.reduce((sum, index) => sum + (weights[index] ?? 0), 0)
    let at = time.from
    for (const index of meant) {
      const to = at + ((time.to - time.from) * (weights[index] ?? 0)) / total
      spans[index] = { from: spans[index]?.from ?? at, to }
      at = to
    }
  }
  let last = 0
  return units.flatMap(({ start, end }, index) => {
    const span = spans[index]
    if (!span) return []
    const from = Math.max(last, span.from)
    last = Math.max(from, span.to)
    return [{ start, end, from, to: last }]
  })
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}
