import { createHash } from 'node:crypto'
import { ProviderError } from '../../../model/errors.ts'
import { OUTLINE_LANGUAGES } from '../../../model/formats.ts'
import { LIMITS } from '../../../model/limits.ts'
import type { PlannedSegment, ScriptPlan, ScriptProvider, ScriptRequest } from '../../../model/providers.ts'
import { searchable } from '../../../model/text/clean.ts'
import { shorten } from '../../script/shorten.ts'
import { tagsOf } from '../../script/tags.ts'
import { composeOutline } from './outline-compose.ts'
import { ENGLISH_OUTLINE } from './outline-en.ts'
import { KOREAN_OUTLINE } from './outline-ko.ts'
import { fillLine, isSentence, searchWords, spokenTopic, topicKeyword } from './outline-topic.ts'
import type { OutlineWords, Tone } from './outline-words.ts'

const NAME = 'outline'
/**
 * Length of a segment in seconds, for the usual video. Long videos get longer segments, to stay within LIMITS.segments.
 */
const SEGMENT = { enough: 3, most: 8 }
const SEGMENTS_WANTED = 75
const PROPOSALS = 3
/** How many tags are made from the topic; one more says that it is explained. */
const TAGS = 5
/** The longest topic that is spoken in every other sentence, as a share of the whole and in seconds. */
const SPOKEN_TOPIC = { shareOfBudget: 0.35, seconds: 4 }

/**
 * The embedded writer: a frame for a narration about any topic, in English or Korean, with blanks where facts belong,
 * since it knows none. Its length is within 10 % of the requested one. The same topic always gives the same outline.
 * @param clock decides which topics are proposed if none is given
 */
export function createOutlineWriter(clock: () => Date = () => new Date()): ScriptProvider {
  return {
    name: NAME,
    languages: OUTLINE_LANGUAGES,
    async write(request, signal) {
      signal.throwIfAborted()
      const language = request.language.toLowerCase().split('-')[0]
      const known = OUTLINE_LANGUAGES.find((each) => each === language)
      if (!known) throw new ProviderError(NAME, 'unavailable', OTHER_LANGUAGE)
      return write(request, known, clock())
    },
  }
}

const OTHER_LANGUAGE =
  'The built-in outline writer supports only English and Korean. Enter your own script, or ask an admin to set OPENAI_API_KEY.'

async function write(request: ScriptRequest, language: 'en' | 'ko', now: Date): Promise<ScriptPlan> {
  const words = language === 'ko' ? KOREAN_OUTLINE : ENGLISH_OUTLINE
  const [topic = '', ...otherTopics] = request.topic?.trim()
    ? [request.topic.trim().replace(/\s+/g, ' ')]
    : proposals(words, now)
  const random = randomBy(topic)
  const seconds = request.targetDuration
  const pace = request.charactersPerSecond
  const budget = seconds * pace
  const mostSpoken = Math.min(budget * SPOKEN_TOPIC.shareOfBudget, SPOKEN_TOPIC.seconds * pace)
  const spoken = spokenTopic(topic, mostSpoken, words.thisTopic)
  const enough = Math.max(SEGMENT.enough, seconds / SEGMENTS_WANTED)
  const lines = composeOutline({
    words,
    tone: toneOf(request.style),
    fill: (text, part) => fillLine(text, spoken, part),
    budget,
    segment: { enough: enough * pace, most: Math.max(SEGMENT.most, enough * 1.6) * pace },
    random,
  })
  const bare = searchable(topic) || topic
  const search = searchWords(bare, language)
  return {
    provider: NAME,
    topic: shorten(topic, LIMITS.topic),
    otherTopics,
    title: titleOf(topic, words, random),
    // The description is published with the video; the editing surfaces say that this is an outline.
    description: '',
    tags: [...new Set([...(await tagsOf(bare, language, TAGS)), ...words.tags])],
    language,
    segments: lines.map(
      ({ text, keyword, visuals }): PlannedSegment => ({
        text: shorten(text, LIMITS.narration),
        keyword: keyword || topicKeyword(bare),
        // With the topic in every query, all pictures would be alike.
        searchQuery: keyword === '' ? `${search} ${visuals}`.trim() : visuals,
      }),
    ),
    isOutline: true,
    usage: [],
  }
}

function proposals(words: OutlineWords, now: Date): string[] {
  const random = randomBy(now.toISOString())
  const left = [...words.topics]
  return Array.from({ length: PROPOSALS }, () => left.splice(Math.floor(random() * left.length), 1)[0] ?? '')
}

function titleOf(topic: string, words: OutlineWords, random: () => number): string {
  // A question or a sentence already is a title.
  if (isSentence(topic)) return shorten(topic, LIMITS.title)
  const spoken = spokenTopic(topic, Number.POSITIVE_INFINITY, '')
  const fitting = words.titles
    .map((title) => fillLine(title, spoken))
    .filter((title) => title.length <= LIMITS.title)
  return fitting[Math.floor(random() * fitting.length)] ?? shorten(topic, LIMITS.title)
}

function toneOf(style: string | null): Tone {
  if (!style) return 'plain'
  if (
    /\b(fun|funny|humou?r\w*|comic|comedy|witty|jok\w+|playful|silly)\b|재미|재밌|웃|유머|코믹|유쾌|장난/i.test(
      style,
    )
  )
    return 'funny'
  if (/\b(serious|formal|news|documentary|sober|grave|dramatic)\b|진지|다큐|뉴스|격식|차분|심각/i.test(style))
    return 'serious'
  return 'plain'
}

/** Mulberry32, seeded by a hash: evenly distributed, and the same on every machine. */
function randomBy(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
