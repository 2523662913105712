/** A part of the text that captions treat as one word: UTF-16 offsets, without punctuation at its edges. */
export interface WordUnit {
  start: number
  end: number
  text: string
}

/** Scripts without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const EDGE = '[^\\p{L}\\p{M}\\p{N}$€£¥₩%&@#+=°]'
const LEADING = new RegExp(`^${EDGE}+`, 'u')
const TRAILING = new RegExp(`${EDGE}+$`, 'u')

/**
 * The words of a text in order: split at white space, and by dictionary in scripts without spaces. Parts with nothing that can
 * be spoken (a dash, an emoji) are left out.
 */
export function wordUnits(text: string, language: string): WordUnit[] {
  const units: WordUnit[] = []
  for (const match of text.matchAll(/\S+/gu)) {
    if (!UNSPACED.test(match[0])) add(units, match[0], match.index)
    else {
      const segmenter = new Intl.Segmenter(language, { granularity: 'word' })
      for (const part of segmenter.segment(match[0])) add(units, part.segment, match.index + part.index)
    }
  }
  return units
}

function add(units: WordUnit[], token: string, at: number): void {
  const lead = LEADING.exec(token)?.[0].length ?? 0
  if (lead === token.length || /^#+$/.test(token.slice(lead))) return
  const trail = TRAILING.exec(token)?.[0].length ?? 0
  units.push({
    start: at + lead,
    end: at + token.length - trail,
    text: token.slice(lead, token.length - trail),
  })
}

/** The approximate number of syllables in a spoken word; never 0. Only meaningful relative to other words. */
export function syllables(word: string): number {
  // A shortcut: most words of a Korean text are like this, and this runs for each of them.
  if (/^[가-힣]+$/.test(word)) return word.length
  const hangul = word.match(/\p{Script=Hangul}/gu)?.length ?? 0
  const ideographs = word.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0
  const digits = word.match(/\p{N}/gu)?.length ?? 0
  const latin = word
    .normalize('NFD')
    .toLowerCase()
    .replace(/e\b/g, '')
    .match(/[aeiouy]+/g)?.length
  const others = word.match(
    /(?![\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\p{L}/gu,
  )
  const letters = others ? Math.max(1, latin ?? Math.round(others.length / 2.5)) : 0
  return Math.max(1, hangul + ideographs * 1.2 + digits * 1.5 + letters)
}
