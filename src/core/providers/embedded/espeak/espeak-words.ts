import { syllables, type WordUnit, wordUnits } from '../../../media/voice/word-units.ts'
import type { WordTiming } from '../../../model/providers.ts'
import type { SpeechEvent } from './espeak-pool.ts'
import type { SpokenText } from './spoken-text.ts'

interface Phoneme {
  name: string
  at: number
}

/** Words that eSpeak announced together: the first has a position, the others follow unannounced. */
interface Group {
  units: WordUnit[]
  phonemes: Phoneme[]
}

const VOWEL = /[aeiouyɐɑɒæəɚɛɜɝɪɨɔøœɵʊʉʌʏɯɤɞɘᵻ]/u

/**
 * When each word of the original text is spoken. eSpeak runs small words together in one event (“of the”, most words next
 * to Korean particles); these are separated by counting vowels in its phonemes.
 */
export function wordTimings(
  original: string,
  spoken: SpokenText,
  events: SpeechEvent[],
  language: string,
  seconds: number,
): WordTiming[] {
  const units = wordUnits(original, language)
  const groups = grouped(units, spoken, events)
  const words: WordTiming[] = []
  groups.forEach((group, index) => {
    const next = groups[index + 1]?.phonemes[0]?.at ?? seconds
    for (const { unit, phonemes, until } of shared(group, next)) {
      const from = Math.max(phonemes[0]?.at ?? until, words.at(-1)?.to ?? 0)
      const to = Math.max(from, Math.min(endOf(phonemes, until), seconds))
      if (to > from) words.push({ start: unit.start, end: unit.end, from, to })
    }
  })
  return words
}

function grouped(units: WordUnit[], spoken: SpokenText, events: SpeechEvent[]): Group[] {
  const groups: Group[] = []
  // The first word is only announced if it isn't run together with others: any sound before belongs to it.
  const before: Phoneme[] = []
  let next = 0
  for (const event of events) {
    const last = groups.at(-1)
    if (event.kind === 'phoneme') {
      const phonemes = last?.phonemes ?? before
      phonemes.push({ name: event.name, at: event.at })
      continue
    }
    const offset = spoken.offsets[event.position] ?? Number.MAX_SAFE_INTEGER
    // Another event inside the word already being spoken: “1,234.5” has seven.
    if (last && offset < (units[next - 1]?.end ?? 0)) continue
    // The word at this place, or the one after it if the place is a space or an opening quote.
    let found = next
    while (found < units.length && (units[found]?.end ?? 0) <= offset) found++
    const unit = units[found]
    if (!unit) continue
    const unannounced = units.slice(next, found)
    const isBefore = !last && unannounced.length > 0 && before.some(({ name }) => name !== '')
    if (isBefore) groups.push({ units: unannounced, phonemes: before })
    last?.units.push(...unannounced)
    groups.push({
      units: last || isBefore ? [unit] : [...unannounced, unit],
      phonemes: [{ name: '', at: event.at }],
    })
    next = found + 1
  }
  groups.at(-1)?.units.push(...units.slice(next))
  return groups.map((group) => ({ ...group, phonemes: withoutLeadingPause(group.phonemes) }))
}

/** The word event comes with the first phoneme; a pause before that (a glottal stop in places) isn't speech. */
function withoutLeadingPause(phonemes: Phoneme[]): Phoneme[] {
  const first = phonemes.findIndex((phoneme) => phoneme.name !== '')
  return first > 0 ? phonemes.slice(first) : phonemes
}

function shared(
  { units, phonemes }: Group,
  end: number,
): { unit: WordUnit; phonemes: Phoneme[]; until: number }[] {
  const vowels = phonemes.flatMap((phoneme, index) => (VOWEL.test(phoneme.name) ? [index] : []))
  const weights = units.map((unit) => syllables(unit.text))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const starts = [0]
  let before = 0
  for (let i = 1; i < units.length; i++) {
    before += weights[i - 1] ?? 0
    const vowel = vowels[Math.round((before / total) * vowels.length)] ?? phonemes.length
    starts.push(Math.max(starts[i - 1] ?? 0, vowel - onset(units[i]?.text ?? '', phonemes, vowel)))
  }
  return units.map((unit, i) => {
    const to = starts[i + 1] ?? phonemes.length
    return { unit, phonemes: phonemes.slice(starts[i], to), until: phonemes[to]?.at ?? end }
  })
}

/** How many phonemes before its first vowel belong to the word: its consonant, and a glide (ㅑ, ㅘ …). */
function onset(word: string, phonemes: Phoneme[], vowel: number): number {
  const first = word.codePointAt(0) ?? 0
  let wanted = /^[aeiou]/i.test(word) ? 0 : 1
  if (first >= 0xac00 && first <= 0xd7a3) {
    const initial = Math.floor((first - 0xac00) / 588)
    const medial = Math.floor(((first - 0xac00) % 588) / 28)
    const glide = [2, 3, 6, 7, 9, 10, 12, 14, 15, 16, 17].includes(medial)
    wanted = (initial === 11 ? 0 : 1) + (glide ? 1 : 0)
  }
  let count = 0
  while (count < wanted) {
    const name = phonemes[vowel - count - 1]?.name ?? ''
    if (name === '' || VOWEL.test(name)) break
    count++
  }
  return count
}

/** The start of the pause after the last phoneme. */
function endOf(phonemes: Phoneme[], until: number): number {
  const last = phonemes.findLastIndex((phoneme) => phoneme.name !== '')
  return phonemes[last + 1]?.at ?? until
}
