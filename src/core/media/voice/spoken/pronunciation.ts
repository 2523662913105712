import { fold } from './fold.ts'
import { at, type Rule } from './scan.ts'

/** How a workspace wants something said: a name, a brand. */
export interface Pronunciation {
  written: string
  spoken: string
}

/**
 * Rules that come before all others. Whole words only, whatever their case; behind them a particle may be joined on, as in
 * Korean. The longest counts.
 * @param say what is to be said in words, as the language of the text reads it.
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

/** True for a text in which something of the list is said in its own way. */
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
  // Hangul behind Hangul is a particle, or as likely as not.
  const after = /[\p{L}\p{M}\p{N}]$/u.test(written)
    ? /[가-힣]$/.test(written)
      ? ''
      : '(?!(?![가-힣])[\\p{L}\\p{M}\\p{N}])'
    : ''
  return before + escaped + after
}
