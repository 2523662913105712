import { LIMITS } from '../../model/limits.ts'
import type { ScriptPlan } from '../../model/providers.ts'
import { addressesIn, withDomains } from '../../model/text/addresses.ts'
import { cleaned, searchable } from '../../model/text/clean.ts'
import { keywordFor, searchQueryFor } from './keywords.ts'
import { shorten } from './shorten.ts'
import { splitScript, splitSentences } from './split.ts'
import { tagsOf } from './tags.ts'

export interface OwnScript {
  script: string
  /** The topic, if the author gave one. */
  topic: string | null
  title?: string
  language: string
  charactersPerSecond: number
}

const DESCRIPTION_LENGTH = 300
const TAGS = 6

/** A plan from a person's own script, divided into segments but otherwise unchanged. */
export async function planOwnScript({
  script,
  topic,
  title,
  language,
  charactersPerSecond,
}: OwnScript): Promise<ScriptPlan> {
  const texts = splitScript(script, { language, charactersPerSecond })
  const sentences = splitSentences(script, language)
  const first = sentences.find((sentence) => hasWords(searchable(sentence))) ?? sentences.find(hasWords)
  const name = title?.trim() || topic?.trim() || withDomains(cleaned(first ?? texts[0] ?? '', 'typed'))
  return {
    provider: 'script',
    topic: shorten(topic?.trim() || name, LIMITS.topic),
    otherTopics: [],
    title: shorten(name, LIMITS.title),
    description: describe(
      sentences.filter((sentence) => hasWords(sentence) && sentence !== name && sentence !== first),
      addressesIn(script).map(({ address }) => address),
    ),
    tags: await tagsOf(searchable(script), language, TAGS),
    language,
    segments: texts.map((text) => ({
      text,
      keyword: keywordFor(searchable(text), language),
      searchQuery: searchQueryFor(searchable(text), language),
    })),
    isOutline: false,
    usage: [],
  }
}

/** As many of the first sentences as fit, and every address in full: the video only shows their domains. */
function describe(sentences: string[], addresses: string[]): string {
  let description = ''
  for (const sentence of sentences.map((one) => cleaned(one, 'typed'))) {
    const room = DESCRIPTION_LENGTH - description.length
    const fitting = sentence.length < room ? sentence : withDomains(sentence)
    if (description !== '' && fitting.length >= room) break
    description = `${description} ${fitting}`.trim()
  }
  const lines = [shorten(description, DESCRIPTION_LENGTH)]
  for (const address of new Set(addresses)) {
    const isThere = addressesIn(lines.join('\n')).some((other) => other.address === address)
    if (!isThere && [...lines, address].join('\n').length <= LIMITS.description) lines.push(address)
  }
  return lines.join('\n').trim()
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}
