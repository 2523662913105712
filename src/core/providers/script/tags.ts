import { LIMITS } from '../../model/limits.ts'
import { contentsOf } from './keywords.ts'
import { nounsIn } from './nouns.ts'

/** Minimum length of a Latin word to be useful as a tag, in letters; Korean words are scored differently. */
const LEAST_SCORE = 2
/** Languages in which an article and its noun may be one word: l’abeille, dell’alveare. */
const ELIDING = new Set(['fr', 'it'])

/**
 * What a text is about, as tags: its nouns as they are written there, most frequent first. Returns fewer tags, or none,
 * rather than words that aren't nouns.
 */
export async function tagsOf(text: string, language: string, most: number): Promise<string[]> {
  const isNoun = await nounsIn(text, language)
  const scores = new Map<string, number>()
  for (const { text: word, score } of contentsOf(text, language)) {
    if (!isNoun(word) || score < LEAST_SCORE) continue
    // German nouns are capitalised, so they stay as they are written.
    const bare = ELIDING.has(language) ? word.replace(/^\p{L}{1,5}['’]/u, '') : word
    const tag = language === 'de' ? bare : bare.toLowerCase()
    if (tag.length <= LIMITS.tag) scores.set(tag, (scores.get(tag) ?? 0) + score)
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([tag]) => tag)
}
