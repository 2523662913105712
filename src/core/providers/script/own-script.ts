import { LIMITS } from '../../model/limits.ts'
import type { ScriptPlan } from '../../model/providers.ts'
import { contentsOf, keywordFor, searchQueryFor } from './keywords.ts'
import { shorten } from './shorten.ts'
import { splitScript, splitSentences } from './split.ts'

export interface OwnScript {
  script: string
  /** What it is about, when its author said so. */
  topic: string | null
  title?: string
  language: string
  charactersPerSecond: number
}

const DESCRIPTION_LENGTH = 300
const TAGS = 6

/** A plan from words that somebody brought: divided into segments, not changed. */
export function planOwnScript({
  script,
  topic,
  title,
  language,
  charactersPerSecond,
}: OwnScript): ScriptPlan {
  const texts = splitScript(script, { language, charactersPerSecond })
  const sentences = splitSentences(script, language).map(withoutMarkup)
  const name = title?.trim() || topic?.trim() || sentences.find(hasWords) || texts[0] || ''
  return {
    provider: 'script',
    topic: shorten(topic?.trim() || name, LIMITS.topic),
    otherTopics: [],
    title: shorten(name, LIMITS.title),
    description: describe(sentences.filter((sentence) => hasWords(sentence) && sentence !== name)),
    tags: tagsOf(script, language),
    language,
    segments: texts.map((text) => ({
      text,
      keyword: keywordFor(text, language),
      searchQuery: searchQueryFor(text, language),
    })),
    isOutline: false,
    usage: [],
  }
}

/** As many of the first sentences as fit. */
function describe(sentences: string[]): string {
  let description = ''
  for (const sentence of sentences) {
    if (description !== '' && description.length + sentence.length >= DESCRIPTION_LENGTH) break
    description = `${description} ${sentence}`.trim()
  }
  return shorten(description, DESCRIPTION_LENGTH)
}

function tagsOf(script: string, language: string): string[] {
  const scores = new Map<string, number>()
  for (const { text, score } of contentsOf(script, language)) {
    const tag = text.toLowerCase()
    if (tag.length <= LIMITS.tag && score > 3) scores.set(tag, (scores.get(tag) ?? 0) + score)
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, TAGS)
    .map(([tag]) => tag)
}

/** Headings and list items without the mark that makes them so. */
function withoutMarkup(sentence: string): string {
  return sentence.replace(/^(#{1,6}|[-*•])\s+/, '').replace(/\*\*|__/g, '')
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}
