import { fold } from './fold.ts'
import { at, type Rule } from './scan.ts'

/** How a workspace wants a name or a brand said. */
export interface Pronunciation {
  written: string
  spoken: string
}

/**
 * Rules that precede all others. They match whole words in any case, which a particle may follow, as in Korean; the longest match
 * wins.
 * @param say converts the spoken form to words by the rules of the text's language.
 */
export function pronunciationRules(list: readonly Pronunciation[], say: (spoken: string) => string): Rule[] {
  const byWritten = new Map(list.map(({ written, spoken }) => [keyOf(written), spoken]))
  byWritten.delete('')
  if (byWritten.size === 0) return []
  const patterns = [...byWritten.keys()].sort((one, other) => other.length - one.length).map(bounded)
  return [
    {
      pattern: at(`(?:${patterns.join('|')})`, 'i'),
      say: ([written]) => {
        const spoken = byWritten.get(keyOf(written))
        return spoken === undefined ? null : say(spoken)
      },
    },
  ]
}

/** Whether a text contains something on the list. */
export function isConcerned(text: string, list: readonly Pronunciation[]): boolean {
  const [rule] = pronunciationRules(list, (spoken) => spoken)
  if (!rule) return false
  const { source } = rule.pattern
  return new RegExp(source, 'iu').test(fold(text).text)
}

function keyOf(written: string): string {
  return fold(written.trim()).text.toLowerCase().replace(/\s+/g, ' ')
}

function bounded(written: string): string {
  const escaped = written.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+')
  const before = /^[\p{L}\p{N}]/u.test(written) ? '(?<![\\p{L}\\p{N}])' : ''
  // Hangul after Hangul may well be a particle.
  const after = /[\p{L}\p{M}\p{N}]$/u.test(written)
    ? /[가-힣]$/.test(written)
      ? ''
      : '(?!(?![가-힣])[\\p{L}\\p{M}\\p{N}])'
    : ''
  return before + escaped + after
}
