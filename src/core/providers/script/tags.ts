import { LIMITS } from '../../model/limits.ts'
import { contentsOf } from './keywords.ts'
import { nounsIn } from './nouns.ts'

/** Letters from which on a Latin word says something as a tag; scores of Korean ones count otherwise. */
const LEAST_SCORE = 2
/** Where an article and its noun may be one word: l’abeille, dell’alveare. */
const ELIDING = new Set(['fr', 'it'])

/**
 * What a text is about, as tags: nouns as they are said in it, those that are said most first. Fewer, or none, rather than
 * words that are no nouns.
 */
export async function tagsOf(text: string, language: string, most: number): Promise<string[]> {
  const isNoun = await nounsIn(text, language)
  const scores = new Map<string, number>()
  for (const { text: word, score } of contentsOf(text, language)) {
    if (!isNoun(word) || score < LEAST_SCORE) continue
    // German writes its nouns with a capital, which is how they are said.
    const bare = ELIDING.has(language) ? word.replace(/^\p{L}{1,5}['’]/u, '') : word
    const tag = language === 'de' ? bare : bare.toLowerCase()
    if (tag.length <= LIMITS.tag) scores.set(tag, (scores.get(tag) ?? 0) + score)
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([tag]) => tag)
}
