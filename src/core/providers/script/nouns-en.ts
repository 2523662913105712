import nlp from 'compromise/two'
import { z } from 'zod'
import type { IsNoun } from './is-noun.ts'

const Sentences = z.array(
  z.object({ terms: z.array(z.object({ text: z.string(), tags: z.array(z.string()) })) }),
)

/** Tags of words that the tagger counts as nouns but that no one would search for. */
const NOT_ABOUT = new Set(['Pronoun', 'Possessive', 'Date', 'Value', 'Url', 'Email'])

/** Whether words are nouns more often than not in this text: “dance” may be either. */
export function isEnglishNoun(text: string): IsNoun {
  const counts = new Map<string, number>()
  for (const { terms } of Sentences.parse(nlp(text).json()))
    for (const { text: said, tags } of terms) {
      const word = foldedOf(said)
      const isNoun = tags.includes('Noun') && !tags.some((tag) => NOT_ABOUT.has(tag))
      counts.set(word, (counts.get(word) ?? 0) + (isNoun ? 1 : -1))
    }
  // The parts of “cold-brew” are tagged separately: the last one decides.
  return (word) => (counts.get(foldedOf(word)) ?? counts.get(foldedOf(word.split('-').at(-1) ?? '')) ?? 0) > 0
}

function foldedOf(word: string): string {
  return word
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, '')
    .replace(/['’]s?$/u, '')
}
