import { contentsOf } from './keywords.ts'
import { englishFor } from './korean-glossary.ts'
import { particle } from './particles.ts'
import { shorten } from './shorten.ts'

/** How a topic is said inside sentences. */
export interface SpokenTopic {
  /** As it stands in a sentence; a question or a sentence is put in quotes. */
  name: string
  /** What its particles follow. */
  heard: string
}

const MARKS = /[\s.,!?…。！？、:;]+$/u
const ENGLISH_QUESTION =
  /^(why|how|what|when|where|who|which|is|are|was|were|do|does|did|can|could|should|will)\b(?!\s+to\b)/i
const KOREAN_SENTENCE = /(까|나요|가요|습니다|니다|어요|아요|해요|예요|이다|한다|된다|는가|은가|인가|을까)$/u

/**
 * A topic as a noun that fits any sentence.
 * @param most characters; a longer topic is called `instead` (“this topic”)
 */
export function spokenTopic(topic: string, most: number, instead: string): SpokenTopic {
  const plain = topic.trim().replace(/\s+/g, ' ').replace(/[“”"]/g, "'")
  // “The history of tea” is not a name: inside a sentence it begins small.
  const bare = (plain.replace(MARKS, '') || plain).replace(
    /^(The|A|An|How|What|When|Where|Why)(?= )/,
    (word) => (ENGLISH_QUESTION.test(plain) ? word : word.toLowerCase()),
  )
  if (bare.length > most) return { name: instead, heard: instead }
  const isSentence =
    /[?？!！]$/u.test(plain) ||
    /[.!?。！？]\s/u.test(bare) ||
    ENGLISH_QUESTION.test(bare) ||
    KOREAN_SENTENCE.test(bare)
  return { name: isSentence ? `“${bare}”` : bare, heard: bare }
}

/** Fills `{topic}`, `{topic:은/는}`, `{part}` and `{part:을/를}`; an English sentence begins with a capital. */
export function fillLine(text: string, topic: SpokenTopic, part = ''): string {
  const filled = text.replace(
    /\{(topic|part)(?::([^}]+))?\}/g,
    (_, slot: string, pair: string | undefined) => {
      const { name, heard } = slot === 'topic' ? topic : { name: part, heard: part }
      return pair ? name + particle(heard, pair) : name
    },
  )
  const first = [...filled][0] ?? ''
  return /^\p{Ll}$/u.test(first) ? first.toUpperCase() + filled.slice(first.length) : filled
}

/** Up to three words of the topic to search footage with, in English where they are known. */
export function searchWords(topic: string, language: string): string {
  const words = contentsOf(topic, language)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .sort((a, b) => a.index - b.index)
    .map(({ text }) => text)
  const english = words.flatMap((word) => englishFor(word) ?? (/\p{Script=Hangul}/u.test(word) ? [] : [word]))
  return shorten((english.length > 0 ? english : words.slice(0, 2)).join(' '), 60)
}

/** The topic in one to three words to be shown big. */
export function topicKeyword(topic: string): string {
  return shorten(topic.trim().replace(MARKS, '') || topic, 40)
}
